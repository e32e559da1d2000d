using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 03-transformers may write.</summary>
internal static class TransformerSolutions
{
    internal static Tensor Weights(Tensor q, Tensor k) => nn.functional.softmax(q.mm(k.t()) / Math.Sqrt(q.shape[1]), -1);

    internal static Tensor Cut(Tensor map, long window)
    {
        var (batch, rows, columns, channels) = (map.shape[0], map.shape[1] / window, map.shape[2] / window, map.shape[3]);
        return map.reshape(batch, rows, window, columns, window, channels).permute(0, 1, 3, 2, 4, 5)
            .reshape(batch, rows * columns, window * window, channels);
    }

    internal static Tensor Distances(long window)
    {
        var tokens = arange(window * window);
        var rows = tokens.floor_divide(window);
        var columns = tokens - (rows * window);
        Tensor Differences(Tensor x) => x.unsqueeze(1) - x.unsqueeze(0) + window - 1;
        return (Differences(rows) * ((2 * window) - 1)) + Differences(columns);
    }

    internal static (long Full, long Windowed) ProductCost(long tokens, long dim, long window) =>
        (2 * tokens * tokens * dim, 2 * tokens * window * window * dim);
}
