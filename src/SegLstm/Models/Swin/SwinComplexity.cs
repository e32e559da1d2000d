using SegLstm.Kernels.Attention;
using SegLstm.Layers;

namespace SegLstm.Models.Swin;

/// <summary>Multiply-adds of a Swin transformer in closed form, by the convention of <see cref="Complexity"/>.</summary>
public static class SwinComplexity
{
    /// <summary>Patch projection and its norm on a grid.</summary>
    public static double Embedding(SwinConfig config, TokenGrid grid) =>
        (double)grid.Tokens * config.Dim * ((config.Channels * config.PatchSize * config.PatchSize) + (config.PatchNorm ? 2 : 0)
            + (config.AbsolutePositions ? 1 : 0));

    /// <summary>The blocks of a stage on a map; the last windows are completed.</summary>
    /// <param name="config">The transformer.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="grid">The map.</param>
    /// <param name="window">Side of the windows.</param>
    public static double Blocks(SwinConfig config, int stage, TokenGrid grid, long window)
    {
        var (dim, hidden, heads) = ((double)config.DimOf(stage), (double)config.HiddenOf(stage), config.Heads[stage]);
        var side = (double)window * window;
        var padded = TokenWindows.Padded(grid.Rows, window) * TokenWindows.Padded(grid.Columns, window);
        // Within windows: queries, keys, values, output; the attention, its position bias and, every second time, the mask.
        var attention = (padded * 4 * dim * dim)
            + (padded / side * (AttentionComplexity.MultiplyAdds(side, dim, heads) + (heads * side * side)));
        // Two norms (4 C), two sums (2 C), and the MLP.
        var rest = grid.Tokens * ((6 * dim) + (2 * dim * hidden) + hidden);
        return config.Depths[stage] * (attention + rest);
    }

    /// <summary>The merging behind a stage, to a map of <paramref name="tokens"/> tokens.</summary>
    public static double Merging(SwinConfig config, int stage, long tokens)
    {
        var gathered = 4.0 * config.DimOf(stage);
        return tokens * gathered * ((gathered / 2) + 2);
    }
}
