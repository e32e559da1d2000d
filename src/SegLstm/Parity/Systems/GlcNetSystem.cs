using SegLstm.Models.DeepLab;
using SegLstm.Models.ResNet;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>GLCNet's network: DeepLabV3+ for fine-tuning, and its encoder with decoder. Dropout is 0 in these cases.</summary>
/// <remarks>Self-supervised training, which most other cases of the system are about, is not in this library yet.</remarks>
public sealed class GlcNetSystem : GoldenSystem
{
    // The other cases have no class name: what they are shows in a key that no other kind has.
    private static readonly (string Key, string What)[] SelfSupervised =
    [
        ("patch_num", "GLCNet's pre-training (global style and local matching, or the choice of local regions)"),
        ("K", "MoCo v2"),
        ("tau", "the NT-Xent loss"),
        ("crop_h_w_stride", "voting over sliding windows as in GLCNet's test"),
    ];

    /// <inheritdoc/>
    public override string Name => "glcnet";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed", "dtype");
        foreach (var (key, what) in SelfSupervised)
        {
            if (config.Has(key))
            {
                throw Refused(what);
            }
        }

        return config.Has("low") ? EncoderAndDecoder(config, tensors)
            : config.Has("classes") ? Whole(config, tensors)
            : throw Refused("a pretext task, such as inpainting,");
    }

    private static GoldenException Refused(string what) =>
        new($"cannot be built: {what} belongs to GLCNet's self-supervised training, which is not in this library yet");

    private static Subject Whole(GoldenConfig config, GoldenTensors tensors)
    {
        var image = tensors["x"];
        var network = Network(config, tensors);
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
        var network = Network(config, tensors);
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

    private static DeepLabConfig Network(GoldenConfig config, GoldenTensors tensors)
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
            Classes = (int)config.Integer("classes"),
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
