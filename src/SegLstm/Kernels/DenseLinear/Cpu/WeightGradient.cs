using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.DenseLinear.Cpu;

/// <summary>The gradients of weight and bias, a few rows of the weight at a time: <c>dW = gᵀ x</c> and <c>db = Σ g</c>, tokens in
/// the order in which they lie.</summary>
internal sealed unsafe class WeightGradient<TLanes, TVector, T>(
    int batch, int tokens, TokenRows<T> x, int inputs, TokenRows<T> outGradients, int outputs, nint weight, nint bias)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
{
    // Of so many tokens what four vectors of x take stays in the first cache for all rows.
    private const int Tokens = 96;

    // A cache line more from token to token, so that tokens do not all begin at the same places of the cache.
    private const int Gap = 16;

    /// <summary>Rows of a piece: many share the reading of x, and few give all threads their share.</summary>
    public static int RowsFor(int outputs) => outputs >= 512 ? 64 : 32;

    private readonly int rows = RowsFor(outputs);
    private readonly int vectors = (inputs + TLanes.Count - 1) / TLanes.Count;

    /// <summary>Pieces.</summary>
    public int Pieces => (outputs + rows - 1) / rows;

    /// <summary>Computes some rows.</summary>
    public void Run(int piece)
    {
        var (lanes, padded, step) = (TLanes.Count, vectors * TLanes.Count, (vectors * TLanes.Count) + Gap);
        var rowVectors = rows / lanes;
        using var scratch = new Scratch<T>(
            ((long)Tokens * step / lanes) + 1 + (Tokens * rowVectors) + ((long)rows * vectors) + (2 * rowVectors), 5, lanes);
        T* taken = scratch.TakeCleared((Tokens * step / lanes) + 1), gradients = scratch.TakeCleared(Tokens * rowVectors);
        T* sums = scratch.TakeCleared(rows * vectors), biasSums = scratch.TakeCleared(rowVectors), ones = scratch.Take(rowVectors);
        new Span<T>(ones, rows).Fill(T.One);
        var first = piece * rows;
        var count = Math.Min(rows, outputs - first);
        for (var sample = 0; sample < batch; sample++)
        {
            for (var from = 0; from < tokens; from += Tokens)
            {
                var together = Math.Min(Tokens, tokens - from);
                for (var t = 0; t < together; t++)
                {
                    T* source = x.At(sample, from + t), upstream = outGradients.At(sample, from + t) + first;
                    new ReadOnlySpan<T>(source, inputs).CopyTo(new Span<T>(taken + ((nint)t * step), inputs));
                    new ReadOnlySpan<T>(upstream, count).CopyTo(new Span<T>(gradients + ((nint)t * rows), count));
                }

                Add(together, gradients, biasSums);
                Panels<T> result = new(sums, padded, lanes);
                Products<TLanes, TVector, T>.Multiply(
                    rows, together, vectors, gradients, 1, rows, new Panels<T>(taken, step, lanes), result,
                    new RowTerms<T>(result, ones, null));
            }
        }

        for (var row = 0; row < count; row++)
        {
            new ReadOnlySpan<T>(sums + ((nint)row * padded), inputs).CopyTo(
                new Span<T>((T*)weight + ((nint)(first + row) * inputs), inputs));
        }

        new ReadOnlySpan<T>(biasSums, count).CopyTo(new Span<T>((T*)bias + first, count));
    }

    private void Add(int together, T* gradients, T* biasSums)
    {
        for (var at = 0; at < rows; at += TLanes.Count)
        {
            var sum = TLanes.Load(biasSums + at);
            for (var t = 0; t < together; t++)
            {
                sum = TLanes.Add(sum, TLanes.Load(gradients + ((nint)t * rows) + at));
            }

            TLanes.Store(sum, biasSums + at);
        }
    }
}
