using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The mLSTM of one head of one sample, chunk after chunk.</summary>
/// <remarks>Equations: <see cref="MlstmSequence"/>. Inside a chunk only what lies on or below the diagonal is computed, in blocks
/// of four rows.</remarks>
internal sealed unsafe class MlstmForwardPass<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MlstmShape shape;
    private readonly (HeadRows<T> Q, HeadRows<T> K, HeadRows<T> V, HeadRows<T> I, HeadRows<T> F, HeadRows<T> H) rows;
    private readonly T* dots;
    private readonly T* kept;
    private readonly T scale;
    private readonly T eps;

    /// <summary>Sets up; the tensors must outlive this.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="results">Where results go.</param>
    /// <param name="reverse">Whether the last token is read first.</param>
    /// <param name="eps">Added to the normaliser.</param>
    public MlstmForwardPass(MlstmShape shape, MlstmTensors x, MlstmResults results, bool reverse, double eps)
    {
        this.shape = shape;
        rows = (new(x.Q, reverse), new(x.K, reverse), new(x.V, reverse), new(x.I, reverse), new(x.F, reverse),
            new(results.H, reverse));
        dots = TensorMemory.Pointer<T>(results.Dots);
        kept = TensorMemory.Pointer<T>(results.Kept);
        scale = T.CreateTruncating(1 / Math.Sqrt(shape.KeyWidth));
        this.eps = T.CreateTruncating(eps);
    }

    /// <summary>Sets up for results alone, without what a backward pass needs.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="rows">Inputs and retrieved values, in the order of reading.</param>
    /// <param name="eps">Added to the normaliser.</param>
    public MlstmForwardPass(
        MlstmShape shape, (HeadRows<T> Q, HeadRows<T> K, HeadRows<T> V, HeadRows<T> I, HeadRows<T> F, HeadRows<T> H) rows,
        double eps)
    {
        (this.shape, this.rows) = (shape, rows);
        scale = T.CreateTruncating(1 / Math.Sqrt(shape.KeyWidth));
        this.eps = T.CreateTruncating(eps);
    }

    /// <summary>Runs one sequence.</summary>
    /// <param name="sequence">Head of sample: <c>sample · H + head</c>.</param>
    public void Run(int sequence) => Run(sequence, null);

    /// <summary>Runs one sequence, or a part of it.</summary>
    /// <param name="sequence">Head of sample: <c>sample · H + head</c>.</param>
    /// <param name="carry">The state before this part; afterwards that behind it. Null: this is the whole sequence.</param>
    public void Run(int sequence, MlstmCarry<T>? carry)
    {
        var (sample, head) = Math.DivRem(sequence, shape.Heads);
        var (chunk, keys, values, lanes) = (shape.Chunk, shape.Keys, shape.Values, TLanes.Count);
        using var gates = new ChunkGates<TLanes, TVector, T>(chunk);
        var elements = ((long)chunk * ((3 * keys) + (2 * values) + chunk)) + ((long)keys * values) + (2 * keys)
            + (chunk * (lanes + 3));
        using var scratch = new Scratch<T>(elements / lanes, 13, lanes);
        T* Take(int count) => scratch.Take(count / lanes);
        T* q = Take(chunk * keys), kPanels = Take(chunk * keys), written = Take(chunk * keys), v = Take(chunk * values);
        T* weights = Take(chunk * chunk), numerators = Take(chunk * values), memory = Take(keys * values);
        T* normalizer = Take(keys), tile = Take(chunk * lanes), places = Take(chunk), sums = Take(chunk), decay = Take(keys);
        for (var t = 0; t < chunk; t++)
        {
            places[t] = T.CreateTruncating(t);
        }

        var m = double.NegativeInfinity;
        var hasPast = false;
        var ownDots = dots is null ? Take(chunk) : null;
        if (carry is not null)
        {
            memory = carry.Start;
            normalizer = memory + (keys * values);
            (m, hasPast) = (carry.M, carry.HasPast);
        }

        for (var c = 0; c < shape.Chunks; c++)
        {
            var (first, tokens) = (c * chunk, shape.Tokens(c));
            var padded = shape.WholeVectors(tokens);
            var past = c > 0 || hasPast;
            gates.Fill(
                tokens, padded, rows.I.At(sample, head, first), rows.I.Token, rows.F.At(sample, head, first), rows.F.Token, m);
            T* k = rows.K.At(sample, head, first), value = rows.V.At(sample, head, first);
            ChunkCopies<TLanes, TVector, T>.Read(
                rows.Q.At(sample, head, first), rows.Q.Token, tokens, shape.KeyWidth, padded, q, keys, scale, null);
            ChunkCopies<TLanes, TVector, T>.ReadPanels(k, rows.K.Token, tokens, shape.KeyWidth, padded, kPanels, keys);
            ChunkCopies<TLanes, TVector, T>.Read(
                value, rows.V.Token, tokens, shape.ValueWidth, padded, v, values, T.One, null);
            if (c > 0 && kept is not null)
            {
                Keep(sequence, c, memory, normalizer, m);
            }

            Panels<T> scores = new(weights, chunk, lanes), tall = new(v, values, lanes), sum = new(numerators, values, lanes);
            Scores(padded, q, new Panels<T>(kPanels, lanes, (nint)keys * lanes), scores);
            var next = Math.Min(shape.Length - first - tokens, chunk);
            for (var t = 0; t < padded; t++)
            {
                // What the next chunk reads comes while this one multiplies.
                if (t < next)
                {
                    rows.Q.Prefetch(sample, head, first + tokens + t, shape.KeyWidth);
                    rows.K.Prefetch(sample, head, first + tokens + t, shape.KeyWidth);
                    rows.V.Prefetch(sample, head, first + tokens + t, shape.ValueWidth);
                }

                Weigh(t, gates, places, weights + ((nint)t * chunk), tile + (t * lanes));
            }

            if (past)
            {
                AddPastDots(tokens, q, normalizer, gates.Past, tile);
                Products<TLanes, TVector, T>.Multiply(
                    padded, shape.KeyWidth, values / lanes, q, keys, 1, new Panels<T>(memory, values, lanes), sum, null);
            }

            for (var t = 0; t < padded; t += Products<TLanes, TVector, T>.Rows)
            {
                Products<TLanes, TVector, T>.Multiply(
                    Products<TLanes, TVector, T>.Rows, Math.Min(t + Products<TLanes, TVector, T>.Rows, tokens), values / lanes,
                    weights + ((nint)t * chunk), chunk, 1, tall, sum.From(t, 0), past ? gates.Past + t : null);
            }

            var dot = dots is null ? ownDots : dots + ((nint)sequence * shape.Length) + first;
            Tiles.Sum(tile, lanes, tokens, dot);
            for (var t = 0; t < tokens; t++)
            {
                sums[t] = T.One / (T.Max(T.Abs(dot[t]), gates.Floor[t]) + eps);
            }

            ChunkCopies<TLanes, TVector, T>.Write(
                numerators, values, tokens, shape.ValueWidth, rows.H.At(sample, head, first), rows.H.Token, T.One, sums);
            if (c + 1 < shape.Chunks || carry is not null)
            {
                ChunkCopies<TLanes, TVector, T>.Read(
                    k, rows.K.Token, tokens, shape.KeyWidth, padded, written, keys, T.One, gates.Written);
                new Span<T>(decay, keys).Fill(gates.Kept);
                AddWritten(tokens, written, past ? gates.Kept : T.Zero, normalizer, past);
                Products<TLanes, TVector, T>.Multiply(
                    keys, tokens, values / lanes, written, 1, keys, tall, new Panels<T>(memory, values, lanes),
                    past ? decay : null);
                m = gates.NextM;
            }
        }

        if (carry is not null)
        {
            (carry.M, carry.HasPast) = (m, true);
        }
    }

    /// <summary>Scores of four tokens at a time with all that are not ahead of them, in whole vectors.</summary>
    private void Scores(int padded, T* q, Panels<T> k, Panels<T> scores)
    {
        var block = Products<TLanes, TVector, T>.Rows;
        for (var t = 0; t < padded; t += block)
        {
            var vectors = (t + block + TLanes.Count - 1) / TLanes.Count;
            Products<TLanes, TVector, T>.Multiply(
                block, shape.KeyWidth, vectors, q + ((nint)t * shape.Keys), shape.Keys, 1, k, scores.From(t, 0), null);
        }
    }

    /// <summary>Multiplies the scores of a token with the gates; those of tokens ahead become 0. Their sum goes into the token's
    /// vector of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh(int t, ChunkGates<TLanes, TVector, T> gates, T* places, T* scores, T* tile)
    {
        T* uHigh = gates.UHigh, uLow = gates.ULow;
        var (high, low) = (TLanes.Broadcast(gates.WHigh[t]), TLanes.Broadcast(gates.WLow[t]));
        var block = Products<TLanes, TVector, T>.Rows;
        var end = ((t / block * block) + block + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        TVector sum = default;
        var s = 0;
        for (; s + TLanes.Count <= t + 1; s += TLanes.Count)
        {
            var weight = TLanes.Multiply(TLanes.Load(scores + s), Gate(uHigh + s, uLow + s, high, low));
            TLanes.Store(weight, scores + s);
            sum = TLanes.Add(sum, weight);
        }

        var last = TLanes.Broadcast(places[t]);
        for (; s < end; s += TLanes.Count)
        {
            var weight = TLanes.Multiply(TLanes.Load(scores + s), Gate(uHigh + s, uLow + s, high, low));
            weight = TLanes.WhereGreater(TLanes.Load(places + s), last, default, weight);
            TLanes.Store(weight, scores + s);
            sum = TLanes.Add(sum, weight);
        }

        TLanes.Store(sum, tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate(T* uHigh, T* uLow, TVector high, TVector low) =>
        LaneFunctions<TLanes, TVector, T>.ExpOfNegative(TLanes.Add(
            TLanes.Subtract(TLanes.Load(uHigh), high), TLanes.Subtract(TLanes.Load(uLow), low)));

    /// <summary>Adds <c>past · q·n</c> to the tile.</summary>
    private void AddPastDots(int tokens, T* q, T* normalizer, T* past, T* tile)
    {
        for (var t = 0; t < tokens; t++, q += shape.Keys, tile += TLanes.Count)
        {
            TVector sum = default;
            for (var at = 0; at < shape.Keys; at += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(q + at), TLanes.Load(normalizer + at), sum);
            }

            TLanes.Store(TLanes.MultiplyAdd(sum, TLanes.Broadcast(past[t]), TLanes.Load(tile)), tile);
        }
    }

    /// <summary>The normaliser behind the chunk.</summary>
    private void AddWritten(int tokens, T* written, T decay, T* normalizer, bool past)
    {
        for (var at = 0; at < shape.Keys; at += TLanes.Count)
        {
            var sum = past ? TLanes.Multiply(TLanes.Load(normalizer + at), TLanes.Broadcast(decay)) : default;
            for (var s = 0; s < tokens; s++)
            {
                sum = TLanes.Add(sum, TLanes.Load(written + ((nint)s * shape.Keys) + at));
            }

            TLanes.Store(sum, normalizer + at);
        }
    }

    private void Keep(int sequence, int chunk, T* memory, T* normalizer, double m)
    {
        var place = kept + shape.KeptOffset(sequence, chunk);
        var elements = shape.Keys * shape.Values;
        new Span<T>(memory, elements).CopyTo(new Span<T>(place, elements));
        new Span<T>(normalizer, shape.Keys).CopyTo(new Span<T>(place + elements, shape.Keys));
        // In two parts: rounded alone it would change every gate of the chunk.
        var high = T.CreateTruncating(m);
        place[elements + shape.Keys] = high;
        place[elements + shape.Keys + 1] = T.CreateTruncating(m - double.CreateTruncating(high));
    }
}
