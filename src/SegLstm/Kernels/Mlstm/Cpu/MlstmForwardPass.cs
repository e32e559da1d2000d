using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The mLSTM of one head of one sample, chunk after chunk.</summary>
/// <remarks>Equations: <see cref="MlstmSequence"/>. Inside a chunk only what lies on or below the diagonal is computed, in blocks
/// of a few rows. Inputs are read and results written in place where tokens are whole vectors.</remarks>
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
    public void Run(int sequence) => Run(sequence, null, false);

    /// <summary>Runs one sequence, or a part of it.</summary>
    /// <param name="sequence">Head of sample: <c>sample · H + head</c>.</param>
    /// <param name="carry">The state before this part. Null: this is the whole sequence.</param>
    /// <param name="continues">Whether the state shall afterwards be that behind this part.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int sequence, MlstmCarry<T>? carry, bool continues)
    {
        var (sample, head) = Math.DivRem(sequence, shape.Heads);
        var (chunk, keys, values, lanes) = (shape.Chunk, shape.Keys, shape.Values, TLanes.Count);
        using var gates = new ChunkGates<TLanes, TVector, T>(chunk);
        var elements = ((long)chunk * ((3 * keys) + (2 * values) + chunk)) + ((long)keys * values) + (2 * keys)
            + (chunk * (lanes + 4));
        using var scratch = new Scratch<T>(elements / lanes, 13, lanes);
        T* Take(int count) => scratch.Take(count / lanes);
        T* qCopy = Take(chunk * keys), kPanels = Take(chunk * keys), written = Take(chunk * keys), vCopy = Take(chunk * values);
        T* weights = Take(chunk * chunk), numerators = Take(chunk * values), tile = Take(chunk * lanes);
        T* places = Take(chunk), decay = Take(keys), ownDots = Take(chunk);
        T* past = Take(chunk), inverse = Take(chunk);
        for (var t = 0; t < chunk; t++)
        {
            places[t] = T.CreateTruncating(t);
        }

        var upcoming = new UpcomingRows<T>();
        var state = carry ?? new MlstmCarry<T>(Take(shape.StateElements));
        T* memory = state.Start, normalizer = memory + (keys * values);
        for (var c = 0; c < shape.Chunks; c++)
        {
            var (first, tokens) = (c * chunk, shape.Tokens(c));
            var (padded, wholeRows) = (shape.WholeVectors(tokens), Products<TLanes, TVector, T>.WholeRows(tokens));
            gates.Fill(
                tokens, padded, rows.I.At(sample, head, first), rows.I.Token, rows.F.At(sample, head, first), rows.F.Token,
                state.M);
            T* k = rows.K.At(sample, head, first), h = rows.H.At(sample, head, first);
            var q = ChunkCopies<TLanes, TVector, T>.InPlaceOrCopied(
                rows.Q.At(sample, head, first), rows.Q.Token, tokens, shape.KeyWidth, wholeRows, qCopy, keys);
            var v = ChunkCopies<TLanes, TVector, T>.InPlaceOrCopied(
                rows.V.At(sample, head, first), rows.V.Token, tokens, shape.ValueWidth, wholeRows, vCopy, values);
            ChunkCopies<TLanes, TVector, T>.ReadPanels(k, rows.K.Token, tokens, shape.KeyWidth, padded, kPanels, keys);
            if (c > 0 && kept is not null)
            {
                Keep(sequence, c, memory, normalizer, state.M);
            }

            Announce(sample, head, first + tokens, upcoming);
            Scores(wholeRows, q, new Panels<T>(kPanels, lanes, (nint)keys * lanes), new Panels<T>(weights, chunk, lanes), upcoming);
            for (var t = 0; t < wholeRows; t++)
            {
                Weigh(t, scale, gates, places, weights + ((nint)t * chunk), tile + (t * lanes));
                past[t] = gates.Past[t] * scale;
            }

            if (state.HasPast)
            {
                AddPastDots(tokens, q, normalizer, past, tile);
            }

            var dot = dots is null ? ownDots : dots + ((nint)sequence * shape.Length) + first;
            Tiles.Sum(tile, lanes, tokens, dot);
            for (var t = 0; t < tokens; t++)
            {
                inverse[t] = T.One / (T.Max(T.Abs(dot[t]), gates.Floor[t]) + eps);
            }

            new Span<T>(inverse + tokens, wholeRows - tokens).Clear();
            var direct = wholeRows == tokens && values == shape.ValueWidth;
            var result = direct ? new Panels<T>(h, rows.H.Token, lanes) : new Panels<T>(numerators, values, lanes);
            if (state.HasPast)
            {
                Products<TLanes, TVector, T>.Multiply(
                    wholeRows, shape.KeyWidth, values / lanes, q.Start, q.Row, 1, new Panels<T>(memory, values, lanes), result,
                    upcoming: upcoming);
            }

            Retrieve(tokens, wholeRows, weights, v, result, state.HasPast ? past : null, inverse, upcoming);
            if (!direct)
            {
                RowCopies.Copy(tokens, shape.ValueWidth, numerators, values, h, rows.H.Token);
            }

            if (c + 1 < shape.Chunks || continues)
            {
                ChunkCopies<TLanes, TVector, T>.Read(
                    k, rows.K.Token, tokens, shape.KeyWidth, padded, written, keys, T.One, gates.Written);
                new Span<T>(decay, keys).Fill(gates.Kept);
                AddWritten(tokens, written, state.HasPast ? gates.Kept : T.Zero, normalizer, state.HasPast);
                Panels<T> behind = new(memory, values, lanes);
                Products<TLanes, TVector, T>.Multiply(
                    keys, tokens, values / lanes, written, 1, keys, v, behind,
                    new RowTerms<T>(behind, state.HasPast ? decay : null, null), upcoming);
                (state.M, state.HasPast) = (gates.NextM, true);
            }
        }
    }

    /// <summary>Asks for what the next chunk reads and writes while this one multiplies.</summary>
    private void Announce(int sample, int head, int first, UpcomingRows<T> upcoming)
    {
        upcoming.Begin(Math.Min(shape.Length - first, shape.Chunk));
        upcoming.Add(rows.Q.At(sample, head, first), rows.Q.Token, shape.KeyWidth);
        upcoming.Add(rows.K.At(sample, head, first), rows.K.Token, shape.KeyWidth);
        upcoming.Add(rows.V.At(sample, head, first), rows.V.Token, shape.ValueWidth);
        upcoming.Add(rows.H.At(sample, head, first), rows.H.Token, shape.ValueWidth);
    }

    /// <summary>Scores of a few tokens at a time with all that are not ahead of them, in whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scores(int wholeRows, Panels<T> q, Panels<T> k, Panels<T> scores, UpcomingRows<T> upcoming)
    {
        var block = Products<TLanes, TVector, T>.RowsTogether(1);
        for (var t = 0; t < wholeRows; t += block)
        {
            var vectors = (t + block + TLanes.Count - 1) / TLanes.Count;
            Products<TLanes, TVector, T>.Multiply(
                Math.Min(block, wholeRows - t), shape.KeyWidth, vectors, q.Start + (t * q.Row), q.Row, 1, k, scores.From(t, 0),
                upcoming: upcoming);
        }
    }

    /// <summary>Multiplies the scores of a token with the gates; those of tokens ahead become 0. Their sum goes into the token's
    /// vector of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh(int t, T scale, ChunkGates<TLanes, TVector, T> gates, T* places, T* scores, T* tile)
    {
        var block = Products<TLanes, TVector, T>.RowsTogether(1);
        var end = ((t / block * block) + block + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        var last = TLanes.Broadcast(places[t]);
        TVector sum = default;
        if (gates.IsFactored)
        {
            var written = gates.Written;
            var rise = TLanes.Broadcast(gates.Rise[t] * scale);
            for (var s = 0; s < end; s += TLanes.Count)
            {
                var weight = TLanes.Multiply(TLanes.Load(scores + s), TLanes.Multiply(TLanes.Load(written + s), rise));
                weight = TLanes.WhereGreater(TLanes.Load(places + s), last, default, weight);
                TLanes.Store(weight, scores + s);
                sum = TLanes.Add(sum, weight);
            }
        }
        else
        {
            T* uHigh = gates.UHigh, uLow = gates.ULow;
            var (high, low) = (TLanes.Broadcast(gates.WHigh[t]), TLanes.Broadcast(gates.WLow[t]));
            var factor = TLanes.Broadcast(scale);
            for (var s = 0; s < end; s += TLanes.Count)
            {
                var gate = TLanes.Multiply(Gate(uHigh + s, uLow + s, high, low), factor);
                var weight = TLanes.Multiply(TLanes.Load(scores + s), gate);
                weight = TLanes.WhereGreater(TLanes.Load(places + s), last, default, weight);
                TLanes.Store(weight, scores + s);
                sum = TLanes.Add(sum, weight);
            }
        }

        TLanes.Store(sum, tile);
    }

    /// <summary>What tokens wrote times their weights, and what was read from the past, all divided.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Retrieve(
        int tokens, int wholeRows, T* weights, Panels<T> v, Panels<T> result, T* past, T* inverse, UpcomingRows<T> upcoming)
    {
        var vectors = shape.Values / TLanes.Count;
        var block = Products<TLanes, TVector, T>.RowsTogether(vectors);
        var terms = new RowTerms<T>(result, past, inverse);
        for (var t = 0; t < wholeRows; t += block)
        {
            Products<TLanes, TVector, T>.Multiply(
                Math.Min(block, wholeRows - t), Math.Min(t + block, tokens), vectors, weights + ((nint)t * shape.Chunk), shape.Chunk, 1, v,
                result.From(t, 0), terms.From(t, 0), upcoming);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate(T* uHigh, T* uLow, TVector high, TVector low) =>
        LaneFunctions<TLanes, TVector, T>.ExpOfNegative(TLanes.Add(
            TLanes.Subtract(TLanes.Load(uHigh), high), TLanes.Subtract(TLanes.Load(uLow), low)));

    /// <summary>Adds <c>past · q·n</c> to the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPastDots(int tokens, Panels<T> rowsOfQ, T* normalizer, T* past, T* tile)
    {
        var q = rowsOfQ.Start;
        for (var t = 0; t < tokens; t++, q += rowsOfQ.Row, tile += TLanes.Count)
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        // Turned round, as the backward pass multiplies with it.
        Transposition.Copy(memory, shape.Values, shape.Keys, shape.Values, place, shape.Keys);
        new Span<T>(normalizer, shape.Keys).CopyTo(new Span<T>(place + elements, shape.Keys));
        // In two parts: rounded alone it would change every gate of the chunk.
        var high = T.CreateTruncating(m);
        place[elements + shape.Keys] = high;
        place[elements + shape.Keys + 1] = T.CreateTruncating(m - double.CreateTruncating(high));
    }
}
