using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 02-mamba may get wrong.</summary>
internal static class MambaMistakes
{
    // Writes the input without its step size.
    internal static Tensor NextState(Tensor x, Tensor u, Tensor delta, Tensor A, Tensor B) => ((delta * A).exp() * x) + (u * B);

    // The step of the written token itself takes part, one factor too many.
    internal static Tensor Decays(Tensor delta, double A)
    {
        var sums = delta.cumsum(0);
        return (A * (sums.unsqueeze(1) - sums.unsqueeze(0) + delta.unsqueeze(0))).exp().tril();
    }

    // Turns the map to read it by columns: those then begin at the other side.
    internal static Tensor Unfold(Tensor map)
    {
        Tensor rows = map.flatten(2), columns = map.rot90(1, (2, 3)).flatten(2);
        return stack([rows, columns, rows.flip(-1), columns.flip(-1)], 1);
    }

    // Takes the sequence by columns for one by rows.
    internal static Tensor MergeMaps(Tensor y, long h, long w)
    {
        var rows = y.select(1, 0) + y.select(1, 2).flip(-1);
        var columns = y.select(1, 1) + y.select(1, 3).flip(-1);
        return (rows + columns).unflatten(2, h, w);
    }
}
