using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>Square windows on a map of tokens: cutting, shifting, masking, and the places within.</summary>
/// <remarks>Source: Swin (arXiv 2103.14030), section 3.2; microsoft/Swin-Transformer, <c>swin_transformer.py</c>;
/// mmsegmentation, <c>ShiftWindowMSA</c>.</remarks>
public static class TokenWindows
{
    // Far below every product, and finite: what two regions see of each other is exp(-100).
    private const double Apart = -100;

    /// <summary>Cuts <c>(B, H, W, C)</c> into windows, row by row: <c>(B, windows, w², C)</c>.</summary>
    public static Tensor Partition(Tensor x, long window)
    {
        using var scope = NewDisposeScope();
        var (batch, rows, columns, channels) = (x.shape[0], x.shape[1] / window, x.shape[2] / window, x.shape[3]);
        return x.reshape(batch, rows, window, columns, window, channels).permute(0, 1, 3, 2, 4, 5)
            .reshape(batch, rows * columns, window * window, channels).MoveToOuterDisposeScope();
    }

    /// <summary>Puts windows <c>(B, windows, w², C)</c> back: <c>(B, height, width, C)</c>.</summary>
    public static Tensor Merge(Tensor windows, long window, long height, long width)
    {
        using var scope = NewDisposeScope();
        var (batch, channels) = (windows.shape[0], windows.shape[3]);
        return windows.reshape(batch, height / window, width / window, window, window, channels).permute(0, 1, 3, 2, 4, 5)
            .reshape(batch, height, width, channels).MoveToOuterDisposeScope();
    }

    /// <summary>Applies an attention to the (shifted) windows of a map. Zeros complete the last windows at the bottom and at the
    /// right; they take part, and are cut off again.</summary>
    /// <param name="x"><c>(B, H, W, C)</c>.</param>
    /// <param name="window">Side of a window.</param>
    /// <param name="shift">Steps by which the windows move down and right; 0: none.</param>
    /// <param name="attention">Maps <c>(B, windows, w², C)</c> to the same.</param>
    /// <returns><c>(B, H, W, C)</c>.</returns>
    public static Tensor Attend(Tensor x, long window, long shift, Func<Tensor, Tensor> attention)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (x.shape[1], x.shape[2]);
        var (padHeight, padWidth) = (Padded(height, window), Padded(width, window));
        var whole = padHeight + padWidth == height + width ? x
            : nn.functional.pad(x, [0, 0, 0, padWidth - width, 0, padHeight - height]);
        var shifted = shift == 0 ? whole : roll(whole, [-shift, -shift], [1L, 2L]);
        var merged = Merge(attention(Partition(shifted, window)), window, padHeight, padWidth);
        var back = shift == 0 ? merged : roll(merged, [shift, shift], [1L, 2L]);
        return back.narrow(1, 0, height).narrow(2, 0, width).MoveToOuterDisposeScope();
    }

    /// <summary>What to add to the products so that tokens of shifted windows see only those that were neighbours before: 0
    /// within a region, -100 between regions.</summary>
    /// <param name="height">Rows of the map; completed to whole windows.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="window">Side of a window.</param>
    /// <param name="shift">Steps of the shift, above 0 and below the side.</param>
    /// <returns><c>(windows, w², w²)</c>.</returns>
    public static Tensor ShiftMask(long height, long width, long window, long shift)
    {
        using var scope = NewDisposeScope();
        var regions = (3 * Regions(Padded(height, window))).unsqueeze(1) + Regions(Padded(width, window)).unsqueeze(0);
        var ids = Partition(regions.unsqueeze(0).unsqueeze(-1), window).squeeze(0).squeeze(-1);
        return (ids.unsqueeze(1).ne(ids.unsqueeze(2)).to(ScalarType.Float32) * Apart).MoveToOuterDisposeScope();

        // Along a side: what no shifted window's edge touches, the rest of the last window, and what comes from the other end.
        Tensor Regions(long side) => tensor(
            [.. Enumerable.Range(0, (int)side).Select(at => at < side - window ? 0L : at < side - shift ? 1L : 2L)]);
    }

    /// <summary>Which row of the bias table belongs to a query and a key of a window: (Δrow + w - 1)(2w - 1) + Δcolumn + w - 1
    /// with Δ = query - key, <c>(w², w²)</c>, int64.</summary>
    public static Tensor PositionIndex(long window)
    {
        using var scope = NewDisposeScope();
        var side = (int)window;
        var index =
            from query in Enumerable.Range(0, side * side)
            from key in Enumerable.Range(0, side * side)
            select ((query / side) - (key / side) + window - 1) * (2 * window - 1)
                + (query % side) - (key % side) + window - 1;
        return tensor(index.ToArray()).reshape(window * window, window * window).MoveToOuterDisposeScope();
    }

    /// <summary>A side in whole windows.</summary>
    internal static long Padded(long side, long window) => (side + window - 1) / window * window;
}
