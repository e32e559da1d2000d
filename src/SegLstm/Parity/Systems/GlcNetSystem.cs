using SegLstm.Models.DeepLab;
using SegLstm.Models.ResNet;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>GLCNet: its DeepLabV3+ for pre-training and fine-tuning, encoder with decoder, and what its self-supervised training
/// consists of (<see cref="GlcNetPretraining"/>). Dropout is 0 in these cases.</summary>
public sealed class GlcNetSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "glcnet";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed", "dtype");
        // The cases have no class name: what they are shows in a key or an input that no other kind has.
        return config.Has("low") ? EncoderAndDecoder(config, tensors)
            : config.Has("view_size") ? GlcNetPretraining.Regions(config, tensors)
            : config.Has("patch_num") ? GlcNetPretraining.Method(config, tensors)
            : config.Has("K") ? GlcNetPretraining.MomentumContrast(config, tensors)
            : config.Has("tau") ? GlcNetPretraining.Contrast(config, tensors)
            : config.Has("crop_h_w_stride") ? Vote(config, tensors)
            : config.Has("classes") ? Whole(config, tensors)
            : tensors.InputNames.Contains("mask") ? GlcNetPretraining.Paint(tensors)
            : throw new GoldenException(
                "cannot be built: its config has none of the keys low (encoder and decoder), view_size (local regions), patch_num (the "
                + "method), K (MoCo v2), tau (NT-Xent), crop_h_w_stride (voting) and classes (fine-tuning), and there is no "
                + "input.mask (inpainting)");
    }

    private static Subject Whole(GoldenConfig config, GoldenTensors tensors)
    {
        var image = tensors["x"];
        var network = Network(config, tensors, (int)config.Integer("classes"));
        tensors.Of("x", [config.Integer("B", image.shape[0]), network.Backbone.Channels, .. config.Integers("hw")]);
        var model = new DeepLabV3Plus(network);
        var (target, ignored) = (tensors.Find("target"), config.Integer("ignore_index", -1));
        return new Subject(() =>
        {
            var logits = model.forward(image);
            List<(string, Tensor)> outputs = [("logits", logits), .. DptSystem.Statistics(model)];
            if (target is not null)
            {
                outputs.Add(("loss", nn.functional.cross_entropy(logits, target, ignore_index: ignored)));
            }

            return outputs;
        })
        { Module = model, Training = config.Flag("train"), Optional = DptSystem.Names(model) };
    }

    private static Subject EncoderAndDecoder(GoldenConfig config, GoldenTensors tensors)
    {
        var network = Network(config, tensors, (int)config.Integer("classes"));
        var (x, fine) = (tensors["x"], tensors["low_level"]);
        tensors.Of("x", [x.shape[0], network.Backbone.StageChannels[3], .. config.Integers("hw")]);
        tensors.Of("low_level", [x.shape[0], network.Backbone.StageChannels[0], .. config.Integers("low")]);
        var both = new EncoderWithDecoder(network);
        return new Subject(() =>
        {
            var encoded = both.Encoder.forward(x);
            return [("encoder", encoded), ("out", both.Decoder.forward(encoded, fine)), .. DptSystem.Statistics(both)];
        })
        { Module = both, Training = config.Flag("train"), Optional = DptSystem.Names(both) };
    }

    private static Subject Vote(GoldenConfig config, GoldenTensors tensors)
    {
        var size = config.Integers("hw");
        var image = tensors["image"];
        tensors.Of("image", [.. size, image.shape[^1]]);
        if (config.Integers("crop_h_w_stride") is not [var height, var width, var stride])
        {
            throw config.Wrong("crop_h_w_stride", "three integers");
        }

        var windows = new VotingWindows((int)size[0], (int)size[1], (int)height, (int)width, (int)stride);
        var scores = tensors["scores"];
        // These files have channels last.
        return new Subject(() =>
        {
            var combined = windows.Combine(scores.permute(0, 3, 1, 2));
            return
            [
                ("crops", windows.Cut(image.permute(2, 0, 1)).permute(0, 2, 3, 1)),
                ("grid", tensor(new long[] { windows.Rows, windows.Columns })),
                ("combined", combined.permute(1, 2, 0)),
                ("prediction", windows.Classes(combined)),
            ];
        });
    }

    /// <summary>The network that a case describes.</summary>
    internal static DeepLabConfig Network(GoldenConfig config, GoldenTensors tensors, int classes)
    {
        bool Names(string prefix) => tensors.Parameters.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
        // The published widths of 16 and more, divided.
        var divisor = (int)config.Integer("channel_div", 16);
        return new DeepLabConfig
        {
            Backbone = ResNetConfig.GlcNet with
            {
                Blocks = [.. config.Integers("blocks", [3, 4, 6, 3]).Select(count => (int)count)],
                Channels = (int)config.Integer("in_channels", 3),
                Width = 64 / divisor,
                OutputStride = (int)config.Integer("output_stride", 16),
                BatchNormMomentum = config.Number("bn_momentum", 0.9),
            },
            Classes = classes,
            Decoder = Names("decoder_ft.") ? DeepLabDecoderKind.FineTuning
                : Names("decoder.conv41.") ? DeepLabDecoderKind.PreTraining
                : DeepLabDecoderKind.KeptInFineTuning,
            Channels = 256 / divisor,
            FineChannels = 48 / divisor,
            EncoderDropout = 0,
            DecoderDropout = (0, 0),
        };
    }

    /// <summary>The network without its backbone, under the names of the whole.</summary>
    private sealed class EncoderWithDecoder : nn.Module
    {
        private readonly DeepLabEncoder encoder;
        private readonly DeepLabDecoder? decoder;
        private readonly DeepLabDecoder? decoder_ft;

        public EncoderWithDecoder(DeepLabConfig config) : base(nameof(EncoderWithDecoder))
        {
            var tuned = config.Decoder == DeepLabDecoderKind.FineTuning;
            encoder = new DeepLabEncoder(config);
            decoder = tuned ? null : new DeepLabDecoder(config);
            decoder_ft = tuned ? new DeepLabDecoder(config) : null;
            RegisterComponents();
        }

        public DeepLabEncoder Encoder => encoder;

        public DeepLabDecoder Decoder => (decoder ?? decoder_ft)!;
    }
}
