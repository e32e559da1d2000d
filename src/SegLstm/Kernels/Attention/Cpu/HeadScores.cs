using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.Attention.Cpu;

/// <summary>Scores of one head of one sequence with a block of queries: a row for each key, the queries side by side, so that the
/// softmax over the keys goes down the columns.</summary>
internal sealed unsafe class HeadScores<TLanes, TVector, T> : IDisposable
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Keys whose weights are summed before their sum is added: the error grows with this and with N over this, not with N.
    private const int Summed = 32;

    // Keys of a product: their rows stay in the first cache for all queries of a block.
    private const int Depth = 192;

    private readonly AttentionShape shape;
    private readonly Scratch<T> memory;
    private readonly T* panels;
    private readonly T* rest;
    private readonly T* ones;
    private readonly int widthVectors;

    /// <summary>Takes memory.</summary>
    public HeadScores(AttentionShape shape)
    {
        this.shape = shape;
        widthVectors = (shape.Width + TLanes.Count - 1) / TLanes.Count;
        // Products compute whole fours of queries.
        Most = (AttentionShape.Filled(Math.Min(AttentionShape.Queries, shape.Tokens)) + TLanes.Count - 1) / TLanes.Count;
        memory = new Scratch<T>(
            (long)(shape.Width + shape.FilledTokens + 2) * Most + (AttentionShape.Together * widthVectors), 5, TLanes.Count);
        panels = memory.Take(shape.Width * Most);
        Weights = memory.TakeCleared(shape.FilledTokens * Most);
        Reciprocals = memory.TakeCleared(Most);
        ones = memory.Take(Most);
        new Span<T>(ones, Most * TLanes.Count).Fill(T.One);
        rest = memory.TakeCleared(AttentionShape.Together * widthVectors);
    }

    /// <summary>Vectors of a whole block's queries.</summary>
    public int Most { get; }

    /// <summary>Of each key the weights of the queries, not yet divided by their sums; <see cref="Step"/> from key to key.</summary>
    public T* Weights { get; }

    /// <summary>1 over the sum of each query's weights.</summary>
    public T* Reciprocals { get; }

    /// <summary>Elements from key to key.</summary>
    public nint Step => Most * TLanes.Count;

    /// <summary>Computes the weights.</summary>
    /// <param name="q">The head's channels of the block's first query.</param>
    /// <param name="k">Those of key 0.</param>
    /// <param name="token">Elements from token to token.</param>
    /// <param name="count">Queries.</param>
    /// <param name="bias">The bias of key 0 and the first query; null: none.</param>
    /// <param name="biasRow">Elements from key to key of the bias.</param>
    public void Compute(T* q, T* k, nint token, int count, T* bias, nint biasRow)
    {
        var vectors = (count + TLanes.Count - 1) / TLanes.Count;
        Turn(q, token, count, panels, T.One / T.Sqrt(T.CreateChecked(shape.Width)));
        WithKeys(k, token, vectors, panels, Weights);
        for (var vector = 0; vector < vectors; vector++)
        {
            Softmax(vector * TLanes.Count, bias, biasRow);
        }
    }

    /// <summary>Puts rows of channels into panels, queries side by side.</summary>
    /// <param name="rows">The first.</param>
    /// <param name="step">Elements to the next.</param>
    /// <param name="count">How many; lanes that have none become 0.</param>
    /// <param name="target">The panels.</param>
    /// <param name="factor">What to multiply with.</param>
    public void Turn(T* rows, nint step, int count, T* target, T factor)
    {
        var panel = target;
        var by = TLanes.Broadcast(factor);
        for (var from = 0; from < count; from += TLanes.Count)
        {
            Tiles.Read(rows + (from * step), step, Math.Min(count - from, TLanes.Count), shape.Width, panel, TLanes.Count);
            for (var c = 0; c < shape.Width; c++, panel += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(by, TLanes.Load(panel)), panel);
            }
        }
    }

    /// <summary>Multiplies the rows of all tokens with panels.</summary>
    /// <param name="rows">The head's channels of token 0.</param>
    /// <param name="token">Elements from token to token.</param>
    /// <param name="vectors">Vectors of queries.</param>
    /// <param name="right">The panels.</param>
    /// <param name="target">A row for each token, <see cref="Step"/> apart; has room for whole fours.</param>
    public void WithKeys(T* rows, nint token, int vectors, T* right, T* target)
    {
        Panels<T> b = new(right, TLanes.Count, (nint)shape.Width * TLanes.Count), c = new(target, Step, TLanes.Count);
        var whole = shape.Tokens / AttentionShape.Together * AttentionShape.Together;
        if (whole > 0)
        {
            Products<TLanes, TVector, T>.Multiply(whole, shape.Width, vectors, rows, token, 1, b, c);
        }

        if (whole == shape.Tokens)
        {
            return;
        }

        var width = widthVectors * TLanes.Count;
        for (var row = whole; row < shape.Tokens; row++)
        {
            new ReadOnlySpan<T>(rows + (row * token), shape.Width).CopyTo(new Span<T>(rest + ((row - whole) * width), shape.Width));
        }

        Products<TLanes, TVector, T>.Multiply(
            AttentionShape.Together, shape.Width, vectors, rest, width, 1, b, c.From(whole, 0));
    }

    /// <summary>Sums rows over the keys, weighed for each query.</summary>
    /// <param name="weights">Of each key one for each query, <see cref="Step"/> from key to key.</param>
    /// <param name="count">Queries.</param>
    /// <param name="rows">A row for each key.</param>
    /// <param name="sums">A row for each query; has room for whole fours.</param>
    /// <param name="factors">Of each query, for its sum; null: 1.</param>
    public void SumOverKeys(T* weights, int count, in Panels<T> rows, in Panels<T> sums, T* factors)
    {
        for (var from = 0; from < shape.Tokens; from += Depth)
        {
            var isLast = from + Depth >= shape.Tokens;
            Products<TLanes, TVector, T>.Multiply(
                AttentionShape.Filled(count), Math.Min(Depth, shape.Tokens - from), widthVectors, weights + (from * Step), 1, Step,
                rows.From(from, 0), sums, new RowTerms<T>(sums, from > 0 ? ones : null, isLast ? factors : null));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Softmax(int first, T* bias, nint biasRow)
    {
        T* column = Weights + first, end = column + (shape.Tokens * Step);
        var most = TLanes.Broadcast(T.NegativeInfinity);
        if (bias is not null)
        {
            var addend = bias + first;
            for (var at = column; at < end; at += Step, addend += biasRow)
            {
                var score = TLanes.Add(TLanes.Load(at), TLanes.Load(addend));
                TLanes.Store(score, at);
                most = TLanes.AtLeast(most, score);
            }
        }
        else
        {
            for (var at = column; at < end; at += Step)
            {
                most = TLanes.AtLeast(most, TLanes.Load(at));
            }
        }

        var sum = TLanes.Broadcast(T.Zero);
        for (var from = column; from < end; from += Summed * Step)
        {
            var part = TLanes.Broadcast(T.Zero);
            var to = from + (Summed * Step) < end ? from + (Summed * Step) : end;
            for (var at = from; at < to; at += Step)
            {
                var weight = LaneFunctions<TLanes, TVector, T>.ExpOfNegative(TLanes.Subtract(TLanes.Load(at), most));
                TLanes.Store(weight, at);
                part = TLanes.Add(part, weight);
            }

            sum = TLanes.Add(sum, part);
        }

        TLanes.Store(TLanes.Divide(TLanes.Broadcast(T.One), sum), Reciprocals + first);
    }
}
