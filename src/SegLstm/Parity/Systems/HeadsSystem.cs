using SegLstm.Heads;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>mmsegmentation's decoders, under their class names. Dropout is 0 in these cases, also in training mode.</summary>
public sealed class HeadsSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "heads";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        config.Off("align_corners");
        config.Only("norm", "BatchNorm2d eps 1e-5 momentum 0.1");
        var maps = config.Shapes("feats").Select((shape, level) => tensors.Of($"feat{level}", shape)).ToArray();
        var head = Make(config);
        var training = config.Flag("train", false);
        if (training && config.Number("dropout_ratio", 0) != 0)
        {
            throw config.Wrong("dropout_ratio", "0 in training mode: dropped channels cannot be compared");
        }

        config.Note("dropout_ratio");
        return new Subject(() => [("logits", head.forward(maps))]) { Module = head, Training = training };
    }

    private static Head Make(GoldenConfig config)
    {
        int Size(string key) => (int)config.Integer(key);
        int[] Sizes(string key, params long[] otherwise) => [.. config.Integers(key, otherwise).Select(size => (int)size)];
        var (channels, classes) = (Size("channels"), Size("num_classes"));
        switch (config.Text("cls"))
        {
            case "UPerHead":
                return new UPerHead(Sizes("in_channels"), channels, classes, Sizes("in_index"), Sizes("pool_scales", 1, 2, 3, 6), dropout: 0);
            case "FCNHead":
                return new FCNHead(Size("in_channels"), channels, classes, Size("in_index"), (int)config.Integer("num_convs", 2),
                    config.Flag("concat_input", true), (int)config.Integer("kernel_size", 3), (int)config.Integer("dilation", 1), dropout: 0);
            case "ASPPHead":
                return new ASPPHead(Size("in_channels"), channels, classes, Size("in_index"), Sizes("dilations"), dropout: 0);
            case "DepthwiseSeparableASPPHead":
                return new DepthwiseSeparableASPPHead(Size("in_channels"), channels, classes, Size("in_index"), Size("c1_in_channels"),
                    Size("c1_channels"), Sizes("dilations"), dropout: 0);
            case "APCHead":
                return new APCHead(Size("in_channels"), channels, classes, Size("in_index"), Sizes("pool_scales", 1, 2, 3, 6),
                    config.Flag("fusion", true), dropout: 0);
            case "ANNHead":
                return Ann(config, channels, classes);
            default:
                throw config.Wrong("cls", "a known head: UPerHead, FCNHead, ASPPHead, DepthwiseSeparableASPPHead, APCHead, ANNHead");
        }
    }

    private static ANNHead Ann(GoldenConfig config, int channels, int classes)
    {
        int[] Pair(string key) => config.Integers(key) is [var low, var high] ? [(int)low, (int)high] : throw config.Wrong(key, "[low, high]");
        var (widths, inputs, queries) = (Pair("in_channels"), Pair("in_index"), config.Integers("query_scales", [1]));
        if (queries.Any(scale => scale != 1))
        {
            throw config.Wrong("query_scales", "a list of ones");
        }

        int[] keys = [.. config.Integers("key_pool_scales", [1, 3, 6, 8]).Select(scale => (int)scale)];
        return new ANNHead(widths[0], widths[1], channels, (int)config.Integer("project_channels"), classes, (inputs[0], inputs[1]), keys, queries.Length, dropout: 0);
    }
}
