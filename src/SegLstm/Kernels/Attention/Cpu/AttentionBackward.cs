using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.Attention.Cpu;

/// <summary>The backward pass: a piece is one head of one sequence, block of queries after block.</summary>
/// <param name="shape">Sizes.</param>
/// <param name="qkv">Tokens <c>(B, N, 3D)</c>.</param>
/// <param name="bias">Turned; null: none.</param>
/// <param name="outGradient">Gradient of the output <c>(B, N, D)</c>.</param>
/// <param name="gradient">That of <paramref name="qkv"/>, to be written.</param>
/// <param name="scoreGradients">That of the scores, <c>(B, heads, N keys, queries filled up)</c>, to be written; 0: not wanted.</param>
internal sealed unsafe class AttentionBackward<TLanes, TVector, T>(
    AttentionShape shape, TokenRows<T> qkv, TurnedBias<T>? bias, TokenRows<T> outGradient, TokenRows<T> gradient, nint scoreGradients)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int vectors = HeadRight<TLanes, TVector, T>.Vectors(shape.Width);
    private readonly bool copied = HeadRight<TLanes, TVector, T>.NeedsCopy(shape.Width);

    /// <summary>How many pieces.</summary>
    public int Pieces => shape.Batch * shape.Heads;

    /// <summary>Computes a piece.</summary>
    public void Run(int piece)
    {
        var (sample, head) = Math.DivRem(piece, shape.Heads);
        T* q = qkv.At(sample, 0) + (head * shape.Width), k = q + shape.Dim, v = k + shape.Dim;
        T* dq = gradient.At(sample, 0) + (head * shape.Width), dk = dq + shape.Dim, dv = dk + shape.Dim;
        T* g = outGradient.At(sample, 0) + (head * shape.Width);
        var rows = bias?.Row ?? TurnedBias<T>.Filled(shape.Tokens);
        T* added = bias is null ? null : bias.At(sample, head);
        T* wanted = scoreGradients == 0 ? null : (T*)scoreGradients + ((nint)piece * shape.Tokens * rows);

        using var scores = new HeadScores<TLanes, TVector, T>(shape);
        var (keys, queries) = (shape.FilledTokens, (int)scores.Step);
        var onesVectors = (keys + TLanes.Count - 1) / TLanes.Count;
        using var memory = new Scratch<T>(
            ((long)(shape.Width + keys) * scores.Most) + (((2L * keys) + queries + (copied ? shape.Tokens + (2 * queries) : 0)) * vectors)
            + onesVectors, 8, TLanes.Count);
        T* panels = memory.Take(shape.Width * scores.Most), ofScores = memory.TakeCleared(keys * scores.Most);
        T* ofKeys = memory.TakeCleared(keys * vectors), ofValues = memory.TakeCleared(keys * vectors), ofQueries = memory.Take(queries * vectors);
        T* ones = memory.Take(onesVectors);
        new Span<T>(ones, onesVectors * TLanes.Count).Fill(T.One);
        T* copyOfKeys = memory.Take(copied ? shape.Tokens * vectors : 0), copies = memory.Take(copied ? 2 * queries * vectors : 0);
        var keyRows = HeadRight<TLanes, TVector, T>.Of(k, qkv.Step, shape.Tokens, shape.Width, copyOfKeys);
        for (var first = 0; first < shape.Tokens; first += AttentionShape.Queries)
        {
            var count = Math.Min(AttentionShape.Queries, shape.Tokens - first);
            T* firstQuery = q + (first * qkv.Step), firstGradient = g + (first * outGradient.Step);
            scores.Compute(firstQuery, k, qkv.Step, count, added is null ? null : added + first, rows);
            scores.Turn(firstGradient, outGradient.Step, count, panels, T.One);
            scores.WithKeys(v, qkv.Step, (count + TLanes.Count - 1) / TLanes.Count, panels, ofScores);
            for (var column = 0; column < count; column += TLanes.Count)
            {
                OfScores(scores, column, ofScores, wanted is null ? null : wanted + first + column, rows);
            }

            Add(scores.Weights, scores.Step, count, HeadRight<TLanes, TVector, T>.Of(
                firstGradient, outGradient.Step, count, shape.Width, copies), ofValues, ones);
            Add(ofScores, scores.Step, count, HeadRight<TLanes, TVector, T>.Of(
                firstQuery, qkv.Step, count, shape.Width, copies + ((nint)queries * vectors * TLanes.Count)), ofKeys, ones);
            scores.SumOverKeys(ofScores, count, keyRows, new Panels<T>(ofQueries, vectors * TLanes.Count, TLanes.Count), null);
            HeadRight<TLanes, TVector, T>.Write(ofQueries, count, shape.Width, dq + (first * gradient.Step), gradient.Step);
        }

        HeadRight<TLanes, TVector, T>.Write(ofKeys, shape.Tokens, shape.Width, dk, gradient.Step);
        HeadRight<TLanes, TVector, T>.Write(ofValues, shape.Tokens, shape.Width, dv, gradient.Step);
    }

    /// <summary>Divides a column of weights by its sums, and makes the gradients of the weights those of the products q·k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfScores(HeadScores<TLanes, TVector, T> scores, int column, T* gradients, T* wanted, nint wantedRow)
    {
        var reciprocal = TLanes.Load(scores.Reciprocals + column);
        var sum = TLanes.Broadcast(T.Zero);
        T* weights = scores.Weights + column, end = weights + (shape.Tokens * scores.Step), of = gradients + column;
        for (T* at = weights, ofAt = of; at < end; at += scores.Step, ofAt += scores.Step)
        {
            var weight = TLanes.Multiply(TLanes.Load(at), reciprocal);
            TLanes.Store(weight, at);
            sum = TLanes.MultiplyAdd(weight, TLanes.Load(ofAt), sum);
        }

        var scale = TLanes.Broadcast(T.One / T.Sqrt(T.CreateChecked(shape.Width)));
        for (T* at = weights, ofAt = of; at < end; at += scores.Step, ofAt += scores.Step)
        {
            var slope = TLanes.Multiply(TLanes.Load(at), TLanes.Subtract(TLanes.Load(ofAt), sum));
            TLanes.Store(TLanes.Multiply(scale, slope), ofAt);
            if (wanted is not null)
            {
                TLanes.Store(slope, wanted);
                wanted += wantedRow;
            }
        }
    }

    /// <summary>Adds what a block of queries gives to each key.</summary>
    private void Add(T* ofKey, nint step, int count, in Panels<T> right, T* sums, T* ones)
    {
        var target = new Panels<T>(sums, vectors * TLanes.Count, TLanes.Count);
        Products<TLanes, TVector, T>.Multiply(
            shape.FilledTokens, count, vectors, ofKey, step, 1, right, target, new RowTerms<T>(target, ones, null));
    }
}
