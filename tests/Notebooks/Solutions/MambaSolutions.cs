using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 02-mamba may write.</summary>
internal static class MambaSolutions
{
    internal static Tensor NextState(Tensor x, Tensor u, Tensor delta, Tensor A, Tensor B) =>
        ((delta * A).exp() * x) + (delta * u * B);

    internal static Tensor Decays(Tensor delta, double A)
    {
        var sums = delta.cumsum(0);
        return (A * (sums.unsqueeze(1) - sums.unsqueeze(0))).exp().tril();
    }

    internal static Tensor Unfold(Tensor map)
    {
        Tensor rows = map.flatten(2), columns = map.transpose(2, 3).flatten(2);
        return stack([rows, columns, rows.flip(-1), columns.flip(-1)], 1);
    }

    internal static Tensor MergeMaps(Tensor y, long h, long w)
    {
        var rows = y.select(1, 0) + y.select(1, 2).flip(-1);
        var columns = y.select(1, 1) + y.select(1, 3).flip(-1);
        return rows.unflatten(2, h, w) + columns.unflatten(2, w, h).transpose(2, 3);
    }
}
