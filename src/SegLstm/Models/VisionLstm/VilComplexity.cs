using SegLstm.Kernels.Mlstm;
using SegLstm.Layers;

namespace SegLstm.Models.VisionLstm;

/// <summary>Multiply-adds of Vision-LSTM in closed form, by the convention of <see cref="Complexity"/>.</summary>
public static class VilComplexity
{
    /// <summary>The token grid of an image.</summary>
    public static TokenGrid Grid(VisionLstmConfig config, long height, long width)
    {
        var stride = config.Stride ?? config.PatchSize;
        return new TokenGrid((height - config.PatchSize) / stride + 1, (width - config.PatchSize) / stride + 1);
    }

    /// <summary>The whole classifier or feature extractor on one image.</summary>
    public static double Model(VisionLstmConfig config, long height, long width)
    {
        var pooled = config.Head == TokenHead.BilateralFlatten ? 2 * config.Dim : config.Dim;
        return Encoder(config, height, width, config.SubBlocks)
            + (2.0 * config.Dim * Grid(config, height, width).Tokens) + ((config.Classes ?? 0.0) * pooled);
    }

    /// <summary>Patch embedding, position embedding and the first <paramref name="subBlocks"/> sub-blocks on one image.</summary>
    public static double Encoder(VisionLstmConfig config, long height, long width, int subBlocks)
    {
        var tokens = Grid(config, height, width).Tokens;
        var patch = (double)tokens * config.Dim * ((config.Channels * config.PatchSize * config.PatchSize) + 1);
        return patch + (subBlocks * Layer(config.Layer, tokens));
    }

    /// <summary>One sub-block on a sequence of <paramref name="tokens"/> tokens.</summary>
    public static double Layer(ViLLayerConfig layer, long tokens)
    {
        var (d, e, heads) = ((double)layer.Dim, (double)layer.InnerDim, layer.QkvBlockSize);
        var kernel = layer.Convolution == ConvolutionKind.Causal1d ? layer.ConvKernelSize
            : layer.ConvKernelSize * layer.ConvKernelSize;
        var projections = (3 * d * e) + (3 * e * layer.QkvBlockSize) + (e * kernel) + (2 * heads * 3 * e);
        // Norm and residual (3 D), two SiLUs, skip, gate, and the cell's norm (6 E).
        var elementwise = (3 * d) + (6 * e);
        return (tokens * (projections + elementwise))
            + (heads * MlstmComplexity.MultiplyAdds(layer.Mlstm, tokens, layer.InnerDim / heads));
    }
}
