using SegLstm.Models.VisionLstm;

namespace SegLstm.Parity.Systems;

/// <summary>The layer of the Vision-LSTM training code, with the traversals of the ablations.</summary>
internal static class VilTrainingLayer
{
    public static Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        var layer = new MlstmLayer(Configure(config));
        var (x, index) = (VilSystem.Tokens(config, tensors), (int)config.Integer("block_idx", 0));
        return new Subject(() => [("y", layer.forward(x, index))]) { Module = layer };
    }

    /// <summary>The layer's keys, by the names of the authors' arguments.</summary>
    public static MlstmLayerConfig Configure(GoldenConfig config)
    {
        var defaults = new MlstmLayerConfig { Dim = config.Integer("dim") };
        return defaults with
        {
            InnerDim = config.Has("inner_dim") ? config.Integer("inner_dim") : null,
            Alternation = config.Text("alternation", null) switch
            {
                null => Alternation.None,
                "bidirectional" => Alternation.Bidirectional,
                "quaddirectional" => Alternation.Quaddirectional,
                _ => throw config.Wrong("alternation", "bidirectional or quaddirectional"),
            },
            Bidirectional = config.Flag("bidirectional", false),
            Quaddirectional = config.Flag("quaddirectional", false),
            ShareDirections = config.Flag("sharedirs", false),
            Convolution = config.Flag("use_conv2d", false) ? ConvolutionKind.TwoDimensional : ConvolutionKind.Causal1d,
            ConvKernelSize = config.Integer("conv1d_kernel_size", defaults.ConvKernelSize),
            ShareConvolution = config.Flag("share_conv", true),
            ConvolveValues = config.Flag("use_v_conv", false),
            QkvBlockSize = config.Integer("qkv_proj_blocksize", defaults.QkvBlockSize),
            Heads = config.Integer("num_heads", defaults.Heads),
            Bias = config.Flag("bias", false),
            LayerScale = config.Has("layerscale") ? config.Number("layerscale") : null,
        };
    }
}
