using SegLstm.Kernels.Attention;
using SegLstm.Layers;

namespace SegLstm.Models.Vit;

/// <summary>Multiply-adds of a vision transformer in closed form, by the convention of <see cref="Complexity"/>.</summary>
public static class VitComplexity
{
    /// <summary>Patch projection and position embedding on a grid.</summary>
    public static double Embedding(VitConfig config, TokenGrid grid) =>
        (double)grid.Tokens * config.Dim * (config.Channels * config.PatchSize * config.PatchSize + 1);

    /// <summary>One block on a sequence of <paramref name="tokens"/> tokens.</summary>
    public static double Block(VitConfig config, long tokens)
    {
        var (d, hidden) = ((double)config.Dim, (double)config.Hidden);
        var linear = (4 * d * d) + (2 * d * hidden);
        // Two norms (4 D), two sums (2 D), the GELU, and LayerScale's two products.
        var elementwise = (6 * d) + hidden + (config.LayerScale is null ? 0 : 2 * d);
        return (tokens * (linear + elementwise)) + AttentionComplexity.MultiplyAdds(tokens, d, config.Heads);
    }
}
