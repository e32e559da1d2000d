using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 03-transformers may get wrong.</summary>
internal static class TransformerMistakes
{
    // Forgets the root of the width.
    internal static Tensor Weights(Tensor q, Tensor k) => nn.functional.softmax(q.mm(k.t()), -1);

    // Cuts the axis of rows and columns without bringing a window's tokens together.
    internal static Tensor Cut(Tensor map, long window) =>
        map.reshape(map.shape[0], map.shape[1] * map.shape[2] / (window * window), window * window, map.shape[3]);

    // Key less query.
    internal static Tensor Distances(long window) => TransformerSolutions.Distances(window).t();

    // Counts one of the two products.
    internal static (long Full, long Windowed) ProductCost(long tokens, long dim, long window) =>
        (tokens * tokens * dim, tokens * window * window * dim);
}
