using SegLstm.Kernels.SelectiveScan;
using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>VMamba: scan orders, the scan with four groups, the operator and its blocks; whole models in
/// <see cref="VMambaModel"/>.</summary>
public sealed class VMambaSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "vmamba";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Text("cls", null) switch
        {
            null => Function(config, tensors),
            "SS2D" => Operator(config, tensors),
            "VSSBlock" => Block(config, tensors),
            "VSSM" => VMambaModel.Classifier(config, tensors),
            "Backbone_VSSM" => VMambaModel.Backbone(config, tensors),
            _ => throw config.Wrong("cls", "SS2D, VSSBlock, VSSM or Backbone_VSSM"),
        };
    }

    /// <summary>The operator of <c>SS2D</c>, or of a block or model, where its keys begin with <c>ssm_</c>.</summary>
    internal static SS2DConfig OperatorConfig(GoldenConfig config, long dim, bool channelsFirst, bool inBlock)
    {
        var (prefix, convolution) = inBlock ? ("ssm_", "ssm_conv") : ("", "d_conv");
        var operation = new SS2DConfig
        {
            Dim = dim,
            StateSize = config.Integer(prefix + "d_state", 16),
            Ratio = config.Number("ssm_ratio", 2),
            Rank = Rank(config, prefix + "dt_rank"),
            ConvKernelSize = config.Integer(convolution, 3),
            ConvBias = config.Flag(prefix + "conv_bias", true),
            Bias = !inBlock && config.Flag("bias", false),
            ForwardType = config.Text("forward_type", "v2")!,
            ChannelsFirst = channelsFirst,
        };
        // The first release has these fixed, whatever its arguments say.
        return operation.ForwardType is "v0" or "v0seq"
            ? operation with { ConvKernelSize = 3, ConvBias = true, Bias = false }
            : operation;
    }

    private static long? Rank(GoldenConfig config, string key)
    {
        if (!config.Has(key))
        {
            return null;
        }

        try
        {
            return config.Integer(key);
        }
        catch (GoldenException)
        {
            config.Only(key, "auto");
            return null;
        }
    }

    private static Subject Operator(GoldenConfig config, GoldenTensors tensors)
    {
        // How parameters start, and dropout, which does nothing in evaluation mode.
        config.Note("initialize", "dt_min", "dt_max", "dt_init", "dt_scale", "dt_init_floor", "dropout");
        config.Only("act_layer", "silu");
        var (dim, first) = (config.Integer("d_model"), config.Flag("channel_first", false));
        var operation = new SS2D(OperatorConfig(config, dim, first, inBlock: false));
        var x = Map(config, tensors, dim, first);
        return new Subject(() => [("y", operation.forward(x))]) { Module = operation };
    }

    private static Subject Block(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("drop_path", "ssm_drop_rate", "mlp_drop_rate", "ssm_init", "use_checkpoint");
        config.Off("post_norm");
        config.Only("ssm_act_layer", "silu");
        config.Only("mlp_act_layer", "gelu");
        var (dim, first) = (config.Integer("hidden_dim"), config.Flag("channel_first", false));
        var block = new VSSBlock(OperatorConfig(config, dim, first, inBlock: true), config.Number("mlp_ratio", 4));
        var x = Map(config, tensors, dim, first);
        return new Subject(() => [("y", block.forward(x))]) { Module = block };
    }

    private static Tensor Map(GoldenConfig config, GoldenTensors tensors, long dim, bool channelsFirst)
    {
        var (batch, height, width) = (config.Integer("B"), config.Integer("H"), config.Integer("W"));
        return channelsFirst ? tensors.Of("x", batch, dim, height, width) : tensors.Of("x", batch, height, width, dim);
    }

    private static Subject Function(GoldenConfig config, GoldenTensors tensors)
    {
        if (config.Has("function"))
        {
            config.Only("function", "selective_scan_torch");
            return Scan(config, tensors);
        }

        var (batch, channels) = (config.Integer("B"), config.Integer("C"));
        var (height, width) = (config.Integer("H"), config.Integer("W"));
        var scans = config.Integer("scans", 0);
        if (scans is < 0 or > 3)
        {
            throw config.Wrong("scans", "0, 1, 2 or 3");
        }

        if (tensors.InputNames.Contains("ys"))
        {
            var sequences = tensors.Of("ys", batch, CrossScan.Directions, channels, height, width);
            return new Subject(() => [("y", CrossScan.Merge(sequences.flatten(3), height, width, (ScanMode)scans))]);
        }

        var x = tensors.Of("x", batch, channels, height, width);
        return new Subject(() => [("ys", CrossScan.Scan(x, (ScanMode)scans))]);
    }

    private static Subject Scan(GoldenConfig config, GoldenTensors tensors)
    {
        var (batch, groups, length) = (config.Integer("B"), config.Integer("K"), config.Integer("L"));
        var (channels, states) = (groups * config.Integer("C"), config.Integer("N"));
        var (u, delta) = (tensors.Of("u", batch, channels, length), tensors.Of("delta", batch, channels, length));
        var a = tensors.Of("A", channels, states);
        var (b, c) = (tensors.Of("B", batch, groups, states, length), tensors.Of("C", batch, groups, states, length));
        var (d, bias) = (tensors.Find("D"), tensors.Find("delta_bias"));
        var softplus = config.Flag("delta_softplus", true);
        return new Subject(() => [("y", SelectiveScan.Forward(u, delta, a, b, c, d, deltaBias: bias, deltaSoftplus: softplus))]);
    }
}
