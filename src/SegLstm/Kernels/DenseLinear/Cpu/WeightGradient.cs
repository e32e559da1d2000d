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
    // Of so many tokens what three vectors of x take stays in the first cache for all rows.
    private const int Tokens = 96;

    // A cache line more from token to token, so that tokens do not all begin at the same places of the cache.
    private const int Gap = 16;

    private readonly int rows = Math.Min(RowsFor(outputs), Whole(outputs, Math.Max(TLanes.Count, Products<TLanes, TVector, T>.Rows)));
    private readonly int vectors = Whole(inputs, TLanes.Count) / TLanes.Count;

    /// <summary>Rows of a piece, where there are so many: many share the reading of x, and few give all threads their
    /// share.</summary>
    public static int RowsFor(int outputs) => outputs >= 512 ? 64 : 32;

    /// <summary>Pieces.</summary>
    public int Pieces => (outputs + rows - 1) / rows;

    /// <summary>Computes some rows.</summary>
    public void Run(int piece)
    {
        var (lanes, rowVectors) = (TLanes.Count, rows / TLanes.Count);
        var first = piece * rows;
        var count = Math.Min(rows, outputs - first);
        var multiplied = Products<TLanes, TVector, T>.WholeRows(count);

        // Where the channels are whole vectors they are read, and sums written, where they lie.
        var isWhole = inputs % lanes == 0;
        var isInPlace = isWhole && multiplied == count;
        var step = (vectors * lanes) + Gap;
        var (copied, summed) = (isWhole ? 0 : Tokens * step / lanes, isInPlace ? 0 : multiplied * vectors);
        using var scratch = new Scratch<T>(copied + summed + (Tokens * rowVectors) + (2 * rowVectors), 5, lanes);
        T* taken = scratch.TakeCleared(copied), gradients = scratch.TakeCleared(Tokens * rowVectors);
        T* own = scratch.Take(summed), biasSums = scratch.TakeCleared(rowVectors), ones = scratch.Take(rowVectors);
        new Span<T>(ones, rows).Fill(T.One);
        var sums = isInPlace
            ? new Panels<T>((T*)weight + ((nint)first * inputs), inputs, lanes) : new Panels<T>(own, vectors * lanes, lanes);
        var terms = default(RowTerms<T>);
        for (var sample = 0; sample < batch; sample++)
        {
            for (var from = 0; from < tokens; from += Tokens)
            {
                var together = Math.Min(Tokens, tokens - from);
                RowCopies.Copy(together, count, outGradients.At(sample, from) + first, outGradients.Step, gradients, rows);
                if (!isWhole)
                {
                    RowCopies.Copy(together, inputs, x.At(sample, from), x.Step, taken, step);
                }

                Add(together, gradients, biasSums);
                Products<TLanes, TVector, T>.Multiply(
                    multiplied, together, vectors, gradients, 1, rows,
                    isWhole ? new Panels<T>(x.At(sample, from), x.Step, lanes) : new Panels<T>(taken, step, lanes), sums, terms);
                terms = new RowTerms<T>(sums, ones, null);
            }
        }

        if (!isInPlace)
        {
            RowCopies.Copy(count, inputs, own, vectors * lanes, (T*)weight + ((nint)first * inputs), inputs);
        }

        new ReadOnlySpan<T>(biasSums, count).CopyTo(new Span<T>((T*)bias + first, count));
    }

    private static int Whole(int elements, int unit) => (elements + unit - 1) / unit * unit;

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
