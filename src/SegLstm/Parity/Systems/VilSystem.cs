using SegLstm.Layers;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>Vision-LSTM: layers, blocks, whole models of both releases, and the small functions around them.</summary>
public sealed class VilSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "vil";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Text("cls", null) switch
        {
            null => Function(config, tensors),
            "ViLLayer" => Layer(config, tensors),
            "ViLBlock" => Block(config, tensors),
            "ViLBlockPair" => Pair(config, tensors),
            "mLSTMLayer (training code)" or "mLSTMLayer" => VilTrainingLayer.Build(config, tensors),
            "VisionLSTM" => VilModel.Build(config, tensors, VisionLstmConfig.V1),
            "VisionLSTM2" => VilModel.Build(config, tensors, VisionLstmConfig.V2),
            "VisLSTM" => VilTrainingModel.Build(config, tensors),
            "UpernetPostprocessor" => Pyramid(config, tensors),
            _ => throw config.Wrong("cls", "ViLLayer, ViLBlock, ViLBlockPair, mLSTMLayer, VisionLSTM, VisionLSTM2, VisLSTM or UpernetPostprocessor"),
        };
    }

    private static Subject Layer(GoldenConfig config, GoldenTensors tensors)
    {
        var (layer, x) = (new ViLLayer(LayerConfig(config)), Tokens(config, tensors));
        return new Subject(() => [("y", layer.forward(x))]) { Module = layer };
    }

    private static Subject Block(GoldenConfig config, GoldenTensors tensors)
    {
        var (block, x) = (new ViLBlock(LayerConfig(config)), Tokens(config, tensors));
        return new Subject(() => [("y", block.forward(x))]) { Module = block };
    }

    private static Subject Pair(GoldenConfig config, GoldenTensors tensors)
    {
        var (pair, x) = (new ViLBlockPair(LayerConfig(config)), Tokens(config, tensors));
        return new Subject(() => [("y", pair.forward(x))]) { Module = pair };
    }

    private static ViLLayerConfig LayerConfig(GoldenConfig config)
    {
        config.Note("drop_path", "init_weights", "num_blocks");
        var dim = config.Integer("dim");
        var direction = config.Text("direction", "fwd") switch
        {
            "fwd" => Traversal.RowwiseFromTopLeft,
            "rev" => Traversal.RowwiseFromBottomRight,
            _ => throw config.Wrong("direction", "fwd or rev"),
        };
        var defaults = config.Integer("version") switch
        {
            1 => ViLLayerConfig.V1(dim, direction),
            2 => ViLLayerConfig.V2(dim, direction),
            _ => throw config.Wrong("version", "1 or 2"),
        };
        return defaults with
        {
            Expansion = config.Integer("expansion", defaults.Expansion),
            QkvBlockSize = config.Integer("qkv_block_size", defaults.QkvBlockSize),
            Convolution = ConvolutionOf(config, defaults.Convolution),
            ConvKernelSize = config.Integer("conv_kernel_size", defaults.ConvKernelSize),
            ConvBias = config.Flag("conv_bias", defaults.ConvBias),
            ProjBias = config.Flag("proj_bias", defaults.ProjBias),
            NormBias = config.Flag("norm_bias", defaults.NormBias),
            Grid = config.Has("seqlens") ? Grid(config, "seqlens") : null,
        };
    }

    internal static ConvolutionKind ConvolutionOf(GoldenConfig config, ConvolutionKind otherwise) => config.Text("conv_kind", null) switch
    {
        null => otherwise,
        "2d" => ConvolutionKind.TwoDimensional,
        "causal1d" => ConvolutionKind.Causal1d,
        _ => throw config.Wrong("conv_kind", "2d or causal1d"),
    };

    /// <summary>Tokens (B, rows · columns, dim).</summary>
    internal static Tensor Tokens(GoldenConfig config, GoldenTensors tensors) =>
        tensors.Of("x", config.Integer("B", tensors["x"].shape[0]), Grid(config, "grid").Tokens, config.Integer("dim"));

    private static TokenGrid Grid(GoldenConfig config, string key) =>
        config.Integers(key) is [var rows, var columns] ? new TokenGrid(rows, columns) : throw config.Wrong(key, "[rows, columns]");

    private static Subject Pyramid(GoldenConfig config, GoldenTensors tensors)
    {
        var (dim, side) = (config.Integer("dim"), config.Integers("patch_size"));
        if (side.Distinct().Count() != 1)
        {
            throw config.Wrong("patch_size", "the side of a square");
        }

        var pyramid = new FeaturePyramid(dim, side[0]);
        var size = config.Integers("hw");
        var maps = Enumerable.Range(0, 4).Select(level => tensors[$"f{level}"]).ToArray();
        foreach (var (level, map) in maps.Index())
        {
            tensors.Of($"f{level}", [map.shape[0], dim, .. size]);
        }

        return new Subject(() => pyramid.forward(maps).Select((map, level) => ($"out{level}", map))) { Module = pyramid, Training = config.Flag("train", false) };
    }

    private static Subject Function(GoldenConfig config, GoldenTensors tensors)
    {
        if (config.Has("tokens"))
        {
            return Poolings(config, tensors);
        }

        config.Only("function", "interpolate_sincos");
        config.Only("mode", "bicubic");
        config.Off("align_corners", "antialias");
        var (embed, grid) = (tensors["embed"], Grid(config, "size"));
        return new Subject(() => [("embed", PositionEmbedding.Resize(embed, grid))]);
    }

    private static Subject Poolings(GoldenConfig config, GoldenTensors tensors)
    {
        var x = tensors["x"];
        if (x.shape[1] != config.Integer("tokens"))
        {
            throw config.Wrong("tokens", $"{x.shape[1]}, as input.x has");
        }

        return new Subject(() =>
        [
            ("first", TokenPooling.First(x)),
            ("last", TokenPooling.Last(x)),
            ("mean_all", TokenPooling.Mean(x)),
            ("bilateral_mean", TokenPooling.BilateralMean(x)),
            ("bilateral_flatten", TokenPooling.BilateralFlatten(x)),
            ("middle1", TokenPooling.Middle(x, 1)),
            ("middle2", TokenPooling.Middle(x, 2)),
        ]);
    }
}
