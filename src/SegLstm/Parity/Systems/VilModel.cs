using SegLstm.Layers;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>Whole Vision-LSTM models: classifiers, features, taps, and checkpoints of another resolution.</summary>
internal static class VilModel
{
    public static Subject Build(GoldenConfig config, GoldenTensors tensors, VisionLstmConfig release)
    {
        // Models are compared in evaluation mode, where stochastic depth does nothing.
        config.Note("drop_path_rate", "drop_path_decay", "init_weights");
        var shape = config.Integers("input_shape");
        var image = Images.Input(config, tensors, shape);
        var taps = config.Has("taps_subblock_index") ? config.Integers("taps_subblock_index").Select(index => (int)index).ToArray() : null;
        var model = Make(Configure(config, release, shape, features: taps is not null));
        return new Subject(() => taps is null
            ? [("y", model.forward(image))]
            : model.Taps(image, taps).Select((map, tap) => ($"tap{tap}", map)))
        {
            Module = model,
            ChangedOnLoad = Changes(config, tensors, model),
        };
    }

    private static VilEncoder Make(VisionLstmConfig config) => config.Version == 1 ? new VisionLSTM(config) : new VisionLSTM2(config);

    private static VisionLstmConfig Configure(GoldenConfig config, VisionLstmConfig release, long[] shape, bool features)
    {
        // The authors' default is a classifier; mode null or "features" leaves the head out.
        var mode = features ? null : config.Contains("mode") ? config.Text("mode", null) : "classifier";
        if (mode is not (null or "features" or "classifier"))
        {
            throw config.Wrong("mode", "classifier, features or null");
        }

        var classes = config.Has("output_shape") ? config.Integers("output_shape") : null;
        if (mode == "classifier" && classes is not { Length: 1 })
        {
            throw config.Wrong("output_shape", "[classes]");
        }

        return release with
        {
            Dim = config.Integer("dim"),
            Channels = shape[0],
            Height = shape[1],
            Width = shape[2],
            PatchSize = config.Integer("patch_size", release.PatchSize),
            Stride = config.Has("stride") ? config.Integer("stride") : null,
            Depth = (int)(config.Has("depth_pairs") ? config.Integer("depth_pairs") : config.Integer("depth", release.Depth)),
            Classes = mode == "classifier" ? classes![0] : null,
            Head = features ? TokenHead.None : Pooling(config, release),
            LegacyNorm = config.Flag("legacy_norm", false),
            Convolution = VilSystem.ConvolutionOf(config, release.Convolution),
            ConvKernelSize = config.Integer("conv_kernel_size", release.ConvKernelSize),
            ProjBias = config.Flag("proj_bias", release.ProjBias),
            NormBias = config.Flag("norm_bias", release.NormBias),
        };
    }

    private static TokenHead Pooling(GoldenConfig config, VisionLstmConfig release) =>
        !config.Contains("pooling") ? release.Head : config.Text("pooling", null) switch
        {
            null => TokenHead.None,
            "to_image" => TokenHead.ToImage,
            "bilateral_avg" => TokenHead.BilateralAverage,
            "bilateral_flatten" => TokenHead.BilateralFlatten,
            _ => throw config.Wrong("pooling", "bilateral_avg, bilateral_flatten, to_image or null"),
        };

    /// <summary>What loading does to the parameters of a checkpoint for another image size.</summary>
    private static Dictionary<string, Func<Tensor, Tensor>> Changes(GoldenConfig config, GoldenTensors tensors, VilEncoder model)
    {
        const string Embedding = "pos_embed.embed";
        if (!config.Has("source_input_shape"))
        {
            return [];
        }

        var source = config.Integers("source_input_shape");
        var embed = tensors.Parameters.GetValueOrDefault(Embedding) ?? throw new GoldenException($"lacks param.{Embedding}");
        return embed.shape[1] == source[1] / model.Config.PatchSize && embed.shape[2] == source[2] / model.Config.PatchSize
            ? new() { [Embedding] = checkpoint => PositionEmbedding.Resize(checkpoint, model.Config.Grid) }
            : throw new GoldenException($"contradicts itself: param.{Embedding} [{string.Join(", ", embed.shape)}] is not that of an image [{string.Join(", ", source)}]");
    }
}
