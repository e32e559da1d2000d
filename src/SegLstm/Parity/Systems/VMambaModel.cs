using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>VMamba's classifier and segmentation backbone.</summary>
internal static class VMambaModel
{
    public static Subject Classifier(GoldenConfig config, GoldenTensors tensors)
    {
        // "bn" has the authors' classifier keep channels first, as "ln2d" does; there is no batch norm in it.
        var norm = NormLayer(config, "LN");
        var model = new VSSM(Configure(config, norm is "ln2d" or "bn") with { Classes = config.Integer("num_classes", 1000) });
        var image = Image(config, tensors, model.Config);
        return new Subject(() => [("y", model.forward(image))]) { Module = model };
    }

    public static Subject Backbone(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("num_classes", "pretrained");
        if (NormLayer(config, "ln") is "bn")
        {
            throw config.Wrong("norm_layer", "ln or ln2d: with bn the authors' backbone norms the wrong dimension");
        }

        var model = new VMambaBackbone(Configure(config, NormLayer(config, "ln") == "ln2d"));
        long[] all = [.. Enumerable.Range(0, model.Channels.Length)];
        if (!config.Integers("out_indices", all).SequenceEqual(all))
        {
            throw config.Wrong("out_indices", $"all stages, [{string.Join(", ", all)}]");
        }

        var image = Image(config, tensors, model.Config);
        return new Subject(() => model.forward(image).Select((map, stage) => ($"out{stage}", map))) { Module = model };
    }

    private static string NormLayer(GoldenConfig config, string otherwise) =>
        config.Text("norm_layer", otherwise)!.ToLowerInvariant();

    private static Tensor Image(GoldenConfig config, GoldenTensors tensors, VMambaConfig model)
    {
        var batch = config.Integer("B", tensors["x"].shape[0]);
        return config.Integers("res") switch
        {
            [var side] => tensors.Of("x", batch, model.Channels, side, side),
            [var height, var width] => tensors.Of("x", batch, model.Channels, height, width),
            _ => throw config.Wrong("res", "[height, width]"),
        };
    }

    private static VMambaConfig Configure(GoldenConfig config, bool channelsFirst)
    {
        // How parameters start, what does nothing in evaluation mode, and arguments that the authors' class takes and leaves.
        config.Note("ssm_init", "ssm_drop_rate", "mlp_drop_rate", "drop_path_rate", "use_checkpoint", "gmlp", "imgsize");
        config.Off("posembed");
        config.Only("ssm_act_layer", "silu");
        config.Only("mlp_act_layer", "gelu");
        if (!config.Flag("patch_norm", true))
        {
            throw config.Wrong("patch_norm", "true");
        }

        int[] depths = [.. config.Integers("depths", [2, 2, 9, 2]).Select(depth => (int)depth)];
        var operation = VMambaSystem.OperatorConfig(config, 1, channelsFirst, inBlock: true);
        return new VMambaConfig
        {
            Dims = Dims(config, depths.Length),
            Depths = depths,
            Channels = config.Integer("in_chans", 3),
            PatchSize = config.Integer("patch_size", 4),
            PatchEmbed = (PatchEmbedVersion)Version(config, "patchembed_version", "v1", 2),
            Downsample = (DownsampleVersion)Version(config, "downsample_version", "v2", 3),
            ChannelsFirst = channelsFirst,
            StateSize = operation.StateSize,
            SsmRatio = operation.Ratio,
            StepRank = operation.Rank,
            ConvKernelSize = operation.ConvKernelSize,
            ConvBias = operation.ConvBias,
            ForwardType = operation.ForwardType,
            MlpRatio = config.Number("mlp_ratio", 4),
        };
    }

    /// <summary>One number is the first width, and each stage doubles it.</summary>
    private static int[] Dims(GoldenConfig config, int stages) => config.Integers("dims", [96, 192, 384, 768]) switch
    {
        [var first] => [.. Enumerable.Range(0, stages).Select(stage => (int)first << stage)],
        var all => [.. all.Select(dim => (int)dim)],
    };

    private static int Version(GoldenConfig config, string key, string otherwise, int newest)
    {
        var text = config.Text(key, otherwise)!;
        return Enumerable.Range(1, newest).FirstOrDefault(version => text == $"v{version}") is > 0 and var found
            ? found
            : throw config.Wrong(key, string.Join(", ", Enumerable.Range(1, newest).Select(version => $"v{version}")));
    }
}
