using SegLstm.Kernels.Mlstm;
using SegLstm.Layers;

namespace SegLstm.Models.VisionLstm;

/// <summary>Multiply-adds of Vision-LSTM in closed form, by the convention of <see cref="Complexity"/>.</summary>
public static class VilComplexity
{
    /// <summary>The token grid of an image.</summary>
    public static TokenGrid Grid(VisionLstmConfig config, long height, long width) =>
        Grid(config.PatchSize, config.Stride, height, width);

    /// <summary>The grid of the patches of an image.</summary>
    public static TokenGrid Grid(VisLstmConfig config, long height, long width) =>
        Grid(config.PatchSize, config.Stride, height, width);

    /// <summary>The whole classifier or feature extractor on one image.</summary>
    public static double Model(VisionLstmConfig config, long height, long width)
    {
        var tokens = Grid(config, height, width).Tokens;
        var pooled = config.Head switch
        {
            TokenHead.BilateralFlatten => 2 * config.Dim,
            TokenHead.BilateralAverage => config.Dim,
            _ => config.Dim * tokens,
        };
        // The norm on all tokens and the norm on what was pooled have each other's names in the two releases.
        var (onTokens, onPooled) = config.Version == 1
            ? (config.LegacyNorm, config.PostBlocksNorm) : (config.PostBlocksNorm, config.LegacyNorm);
        return Encoder(config, height, width, config.SubBlocks)
            + (onTokens ? 2.0 * config.Dim * tokens : 0) + (onPooled ? 2.0 * pooled : 0) + ((config.Classes ?? 0.0) * pooled);
    }

    /// <summary>Patch embedding, position embedding and the first <paramref name="subBlocks"/> sub-blocks on one image.</summary>
    public static double Encoder(VisionLstmConfig config, long height, long width, int subBlocks)
    {
        var tokens = Grid(config, height, width).Tokens;
        return Patches(tokens, config.Dim, config.Channels, config.PatchSize) + (subBlocks * Layer(config.Layer, tokens));
    }

    /// <summary>The whole classifier or feature extractor of the training code on one image.</summary>
    public static double Model(VisLstmConfig config, long height, long width)
    {
        var tokens = Grid(config, height, width).Tokens + config.ExtraTokens;
        return Encoder(config, height, width, config.Depth)
            + (config.PostBlocksNorm ? 2.0 * config.Layer.Dim * tokens : 0)
            + (config.Classes is { } classes ? ((config.HeadNorm ? 2.0 : 0) + classes) * config.Pooled : 0);
    }

    /// <summary>Patch embedding, position embedding and the first <paramref name="blocks"/> blocks on one image.</summary>
    public static double Encoder(VisLstmConfig config, long height, long width, int blocks)
    {
        var tokens = Grid(config, height, width).Tokens;
        return Patches(tokens, config.Layer.Dim, config.Channels, config.PatchSize)
            + (blocks * Layer(config.Layer, tokens + config.ExtraTokens));
    }

    /// <summary>One block of the training code on a sequence of <paramref name="tokens"/> tokens.</summary>
    /// <remarks>proj_up and proj_down are there once, everything between them once a direction, shared or not.</remarks>
    public static double Layer(MlstmLayerConfig layer, long tokens)
    {
        var (d, e, heads) = ((double)layer.Dim, (double)layer.Inner, layer.Heads);
        var directions = layer.Quaddirectional ? 4 : layer.Bidirectional ? 2 : 1;
        var kernel = layer.Convolution == ConvolutionKind.Causal1d ? layer.ConvKernelSize
            : layer.ConvKernelSize * layer.ConvKernelSize;
        var convolutions = layer.ShareConvolution ? 1 : layer.ConvolveValues ? 3 : 2;
        // SiLUs of the convolution and of z, skip, gate, and the cell's norm: 6 E; a further convolution has its own SiLU.
        var direction = (3 * e * layer.QkvBlockSize) + (convolutions * e * kernel) + (2 * heads * 3 * e)
            + ((5 + convolutions) * e);
        var rest = (3 * d * e) + (3 * d) + ((directions - 1) * e) + (layer.LayerScale is null ? 0 : d);
        return (tokens * (rest + (directions * direction)))
            + (directions * heads * MlstmComplexity.MultiplyAdds(layer.Mlstm, tokens, layer.Inner / heads));
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

    private static TokenGrid Grid(long patchSize, long? stride, long height, long width) =>
        new((height - patchSize) / (stride ?? patchSize) + 1, (width - patchSize) / (stride ?? patchSize) + 1);

    /// <summary>Patch and position embedding.</summary>
    private static double Patches(long tokens, long dim, long channels, long patchSize) =>
        (double)tokens * dim * ((channels * patchSize * patchSize) + 1);
}
