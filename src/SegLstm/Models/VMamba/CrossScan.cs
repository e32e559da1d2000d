using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Unfolds a map into four sequences, and folds four sequences into the sum of their maps.</summary>
/// <remarks>Each is the other's adjoint: the gradient of one is the other. Source: VMamba (arXiv 2401.10166) section 4.2;
/// MzeroMiko/VMamba, <c>cross_scan_fn</c>, <c>cross_merge_fn</c>.</remarks>
public static class CrossScan
{
    /// <summary>Sequences that a map is unfolded into.</summary>
    public const int Directions = 4;

    /// <summary><c>(B, C, H, W)</c> to <c>(B, 4, C, H·W)</c>.</summary>
    /// <param name="x">The map.</param>
    /// <param name="mode">The orders.</param>
    /// <exception cref="ArgumentException">The map is no <c>(B, C, H, W)</c>.</exception>
    public static Tensor Scan(Tensor x, ScanMode mode = ScanMode.Cross)
    {
        if (x.dim() != 4)
        {
            throw new ArgumentException($"Expected a map (B, C, H, W), got ({string.Join(", ", x.shape)}).", nameof(x));
        }

        using var scope = NewDisposeScope();
        var rows = x.flatten(2);
        return (mode switch
        {
            _ when IsBothWays(mode) => BothWays(Forwards(x, mode)),
            ScanMode.Unidirectional => rows.unsqueeze(1).repeat(1, Directions, 1, 1),
            ScanMode.Rotating => stack([rows, .. Enumerable.Range(1, 3).Select(k => x.rot90(k, (2, 3)).flatten(2))], 1),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Unknown scan mode."),
        }).MoveToOuterDisposeScope();
    }

    /// <summary><c>(B, 4, C, H·W)</c>, each sequence in its own order, to <c>(B, C, H·W)</c> in the order of rows.</summary>
    /// <param name="y">The sequences.</param>
    /// <param name="height">H, rows of the map.</param>
    /// <param name="width">W, columns of the map.</param>
    /// <param name="mode">The orders.</param>
    /// <exception cref="ArgumentException">The sequences are no <c>(B, 4, C, H·W)</c>.</exception>
    public static Tensor Merge(Tensor y, long height, long width, ScanMode mode = ScanMode.Cross)
    {
        if (y.dim() != 4 || y.shape[1] != Directions || y.shape[3] != height * width)
        {
            throw new ArgumentException(
                $"Expected sequences (B, {Directions}, C, {height * width}) of a map of {height} x {width}, " +
                $"got ({string.Join(", ", y.shape)}).",
                nameof(y));
        }

        using var scope = NewDisposeScope();
        return (mode switch
        {
            _ when IsBothWays(mode) => MergeForwards(BothWaysBack(y), height, width, mode),
            ScanMode.Unidirectional => y.sum(1),
            ScanMode.Rotating => TurnedBack(y, height, width),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Unknown scan mode."),
        }).MoveToOuterDisposeScope();
    }

    /// <summary>The orders as they number the pixels of a map, row by row: sequence k has pixel <c>orders[k, t]</c> at t.</summary>
    /// <param name="height">H, rows of the map.</param>
    /// <param name="width">W, columns of the map.</param>
    /// <param name="mode">The orders.</param>
    public static TokenOrders Orders(long height, long width, ScanMode mode = ScanMode.Cross)
    {
        using var scope = NewDisposeScope();
        var pixels = Scan(arange(height * width, dtype: ScalarType.Int32).view(1, 1, height, width), mode).view(Directions, -1);
        return new TokenOrders([.. Enumerable.Range(0, Directions).Select(k => pixels[k].data<int>().ToArray())]);
    }

    /// <summary>Whether the last two sequences are the first two reversed.</summary>
    private static bool IsBothWays(ScanMode mode) => mode is ScanMode.Cross or ScanMode.Bidirectional;

    /// <summary>Of a mode that goes both ways, the first two sequences.</summary>
    private static Tensor Forwards(Tensor x, ScanMode mode)
    {
        var rows = x.flatten(2);
        return stack([rows, mode == ScanMode.Cross ? x.transpose(2, 3).flatten(2) : rows], 1);
    }

    /// <summary>Of a mode that goes both ways, the sums of both in the order of rows.</summary>
    private static Tensor MergeForwards(Tensor pair, long height, long width, ScanMode mode) =>
        mode == ScanMode.Cross ? Crossed(pair, height, width) : pair.sum(1);

    private static Tensor BothWays(Tensor pair) => cat([pair, pair.flip(-1)], 1);

    private static Tensor BothWaysBack(Tensor y) => y.narrow(1, 0, 2) + y.narrow(1, 2, 2).flip(-1);

    /// <summary>A sequence of rows plus one of columns.</summary>
    private static Tensor Crossed(Tensor pair, long height, long width)
    {
        var columns = pair.select(1, 1).unflatten(2, [width, height]);
        return pair.select(1, 0) + columns.transpose(2, 3).flatten(2);
    }

    private static Tensor TurnedBack(Tensor y, long height, long width)
    {
        var sum = y.select(1, 0);
        for (var k = 1; k < Directions; k++)
        {
            // Turned by 90 or 270 degrees, the map has its sides swapped.
            long[] sides = k == 2 ? [height, width] : [width, height];
            sum = sum + y.select(1, k).unflatten(2, sides).rot90(-k, (2, 3)).flatten(2);
        }

        return sum;
    }
}
