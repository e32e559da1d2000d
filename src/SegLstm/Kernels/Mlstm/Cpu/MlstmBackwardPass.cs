using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The gradients of the mLSTM of one head of one sample, from the last chunk to the first.</summary>
/// <remarks>
/// <para>
/// With g the gradient of h and N its divisor: <c>G = g / (N + eps)</c> is that of the numerator, and <c>d = -(g·h) sign(dot) /
/// (N + eps)</c> that of the dot where N is its size. Inside the chunk <c>dP = G Vᵀ + d</c>, <c>dQ = dP∘D K</c>,
/// <c>dK = (dP∘D)ᵀ Q</c>, <c>dV = Pᵀ G</c>; the gradient Γ of the state behind it gives <c>dK += e (V Γᵀ + γ)</c> and
/// <c>dV += e K Γ</c>, and that before it is <c>exp(m - w_L) Γ + Σ exp(m - w_t) q_t G_tᵀ</c>. Matrices of tokens by tokens lie
/// transposed, written tokens in rows; so do Γ and the kept states, values in rows. Tensors are read and written in place where
/// tokens are whole vectors.
/// </para>
/// <para>
/// A stabiliser is a scale that state and gates share, so a result depends on it by eps alone; what is passed back for it is that
/// rest, without the large terms that cancel.
/// </para>
/// </remarks>
internal sealed unsafe class MlstmBackwardPass<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MlstmShape shape;
    private readonly (HeadRows<T> Q, HeadRows<T> K, HeadRows<T> V, HeadRows<T> I, HeadRows<T> F) inputs;
    private readonly (HeadRows<T> Q, HeadRows<T> K, HeadRows<T> V, HeadRows<T> I, HeadRows<T> F) gradients;
    private readonly (HeadRows<T> H, HeadRows<T> Gradient) output;
    private readonly T* dots;
    private readonly T* kept;
    private readonly T scale;
    private readonly T eps;

    /// <summary>Sets up; the tensors must outlive this.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="results">What the forward pass made.</param>
    /// <param name="outGradient">Gradient of the retrieved values.</param>
    /// <param name="dx">Where the gradients of the inputs go.</param>
    /// <param name="reverse">Whether the last token is read first.</param>
    /// <param name="eps">Added to the normaliser.</param>
    public MlstmBackwardPass(
        MlstmShape shape, MlstmTensors x, MlstmResults results, Tensor outGradient, MlstmTensors dx, bool reverse, double eps)
    {
        this.shape = shape;
        inputs = Rows(x, reverse);
        gradients = Rows(dx, reverse);
        output = (new(results.H, reverse), new(outGradient, reverse));
        dots = TensorMemory.Pointer<T>(results.Dots);
        kept = TensorMemory.Pointer<T>(results.Kept);
        scale = T.CreateTruncating(1 / Math.Sqrt(shape.KeyWidth));
        this.eps = T.CreateTruncating(eps);
    }

    /// <summary>Runs one sequence.</summary>
    /// <param name="sequence">Head of sample: <c>sample · H + head</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int sequence)
    {
        var (sample, head) = Math.DivRem(sequence, shape.Heads);
        using var gates = new ChunkGates<TLanes, TVector, T>(shape.Chunk);
        using var memory = new BackwardMemory<T>(shape, TLanes.Count);
        var upcoming = new UpcomingRows<T>();
        var after = 0.0;
        for (var c = shape.Chunks - 1; c >= 0; c--)
        {
            var (first, tokens) = (c * shape.Chunk, shape.Tokens(c));
            var padded = shape.WholeVectors(tokens);
            var (past, more) = (c > 0, c + 1 < shape.Chunks);
            var state = past ? kept + shape.KeptOffset(sequence, c) : null;
            T* i = inputs.I.At(sample, head, first), f = inputs.F.At(sample, head, first);
            gates.Fill(tokens, padded, i, inputs.I.Token, f, inputs.F.Token, past ? Stabilizer(state) : double.NegativeInfinity);
            gates.FillSlopes(padded);
            var chunk = Chunk(sequence, c, memory);
            Divide(dots + ((nint)sequence * shape.Length) + first, chunk, gates, memory);
            Announce(sequence, c, upcoming);
            Inside(chunk, gates, memory, upcoming);
            Queries(chunk, state, gates, memory, upcoming);
            Keys(chunk, gates, memory, upcoming);
            Values(chunk, gates, memory, upcoming);
            Write(chunk, memory);
            var end = more ? after + Product(memory, kept + shape.KeptOffset(sequence, c + 1)) : 0;
            after = Gates(sample, head, first, tokens, after, end, gates, memory);
            if (past)
            {
                Before(chunk, gates, memory, upcoming);
            }
        }
    }

    private static (HeadRows<T> Q, HeadRows<T> K, HeadRows<T> V, HeadRows<T> I, HeadRows<T> F) Rows(
        MlstmTensors x, bool reverse) =>
        (new(x.Q, reverse), new(x.K, reverse), new(x.V, reverse), new(x.I, reverse), new(x.F, reverse));

    private double Stabilizer(T* state)
    {
        var place = state + (shape.Keys * shape.Values) + shape.Keys;
        return double.CreateTruncating(place[0]) + double.CreateTruncating(place[1]);
    }

    private BackwardChunk<T> Chunk(int sequence, int c, BackwardMemory<T> memory)
    {
        var (sample, head) = Math.DivRem(sequence, shape.Heads);
        var (first, tokens) = (c * shape.Chunk, shape.Tokens(c));
        var rows = Products<TLanes, TVector, T>.WholeRows(tokens);
        Panels<T> Input(HeadRows<T> from, int width, T* copy, int paddedWidth) => ChunkCopies<TLanes, TVector, T>.InPlaceOrCopied(
            from.At(sample, head, first), from.Token, tokens, width, rows, copy, paddedWidth);
        Panels<T> Result(HeadRows<T> to, int width, T* copy, int paddedWidth) => rows == tokens && paddedWidth == width
            ? new Panels<T>(to.At(sample, head, first), to.Token, TLanes.Count)
            : new Panels<T>(copy, paddedWidth, TLanes.Count);
        return new BackwardChunk<T>(
            sequence, c, first, tokens, shape.WholeVectors(tokens), rows, c > 0, c + 1 < shape.Chunks)
        {
            Q = Input(inputs.Q, shape.KeyWidth, memory.Q, shape.Keys),
            K = Input(inputs.K, shape.KeyWidth, memory.K, shape.Keys),
            V = Input(inputs.V, shape.ValueWidth, memory.V, shape.Values),
            H = Input(output.H, shape.ValueWidth, memory.H, shape.Values),
            G = Input(output.Gradient, shape.ValueWidth, memory.G, shape.Values),
            DQ = Result(gradients.Q, shape.KeyWidth, memory.DQ, shape.Keys),
            DK = Result(gradients.K, shape.KeyWidth, memory.DK, shape.Keys),
            DV = Result(gradients.V, shape.ValueWidth, memory.DV, shape.Values),
        };
    }

    /// <summary>Asks for what the chunk before reads and writes while this one multiplies.</summary>
    private void Announce(int sequence, int c, UpcomingRows<T> upcoming)
    {
        upcoming.Begin(c > 0 ? shape.Chunk : 0);
        if (c == 0)
        {
            return;
        }

        var (sample, head) = Math.DivRem(sequence, shape.Heads);
        void Add(HeadRows<T> tensor, int width) =>
            upcoming.Add(tensor.At(sample, head, (nint)(c - 1) * shape.Chunk), tensor.Token, width);
        Add(inputs.Q, shape.KeyWidth);
        Add(inputs.K, shape.KeyWidth);
        Add(inputs.V, shape.ValueWidth);
        Add(output.Gradient, shape.ValueWidth);
        Add(output.H, shape.ValueWidth);
        Add(gradients.Q, shape.KeyWidth);
        Add(gradients.K, shape.KeyWidth);
        Add(gradients.V, shape.ValueWidth);
        if (c > 1)
        {
            // The state in as many pieces.
            var piece = (shape.Kept + shape.Chunk - 1) / shape.Chunk;
            upcoming.Add(kept + shape.KeptOffset(sequence, c - 1), piece, piece);
        }
    }

    /// <summary>Turns the gradient of h into those of numerator and dot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide(T* dot, BackwardChunk<T> chunk, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory)
    {
        var (tokens, padded, values) = (chunk.Tokens, chunk.Padded, shape.Values);
        DotRows(tokens, values, chunk.G, chunk.H, memory.Tile, memory.GH);
        for (var t = 0; t < tokens; t++)
        {
            var (size, floor, gh) = (T.Abs(dot[t]), gates.Floor[t], memory.GH[t]);
            var inverse = T.One / (T.Max(size, floor) + eps);
            var (byDot, ofDivisor) = (size >= floor, gh * inverse);
            memory.Inverse[t] = inverse;
            memory.Dot[t] = byDot ? T.CopySign(T.One, dot[t]) * -ofDivisor : T.Zero;
            memory.OfFloor[t] = byDot || gates.IsCapped[t] ? T.Zero : ofDivisor * floor;
            memory.OfStabilizer[t] = !byDot && gates.IsCapped[t] ? -gh : -ofDivisor * eps;
        }

        new Span<T>(memory.Dot + tokens, padded - tokens).Clear();
        ChunkCopies<TLanes, TVector, T>.Read(
            chunk.G.Start, chunk.G.Row, tokens, values, padded, memory.G, values, T.One, memory.Inverse);
    }

    /// <summary>Weights Pᵀ, and the gradient of the scores, both times <c>1/sqrt(K)</c>; the gradient of u by the
    /// weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Inside(
        BackwardChunk<T> chunk, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory, UpcomingRows<T> upcoming)
    {
        var (padded, lanes, block) = (chunk.Padded, TLanes.Count, Products<TLanes, TVector, T>.RowsTogether(1));
        ChunkCopies<TLanes, TVector, T>.ReadPanels(
            chunk.Q.Start, chunk.Q.Row, chunk.Tokens, shape.Keys, padded, memory.QPanels, shape.Keys);
        ChunkCopies<TLanes, TVector, T>.ReadPanels(
            memory.G, shape.Values, padded, shape.Values, padded, memory.GPanels, shape.Values);
        Panels<T> q = new(memory.QPanels, lanes, (nint)shape.Keys * lanes);
        Panels<T> g = new(memory.GPanels, lanes, (nint)shape.Values * lanes);
        Panels<T> weights = new(memory.Weights, shape.Chunk, lanes), scores = new(memory.Scores, shape.Chunk, lanes);
        for (var s = 0; s < chunk.Rows; s += block)
        {
            var together = Math.Min(block, chunk.Rows - s);
            var start = s / lanes;
            var vectors = (padded / lanes) - start;
            Products<TLanes, TVector, T>.Multiply(
                together, shape.KeyWidth, vectors, chunk.K.Start + (s * chunk.K.Row), chunk.K.Row, 1, q.From(0, start),
                weights.From(s, start), upcoming: upcoming);
            Products<TLanes, TVector, T>.Multiply(
                together, shape.ValueWidth, vectors, chunk.V.Start + (s * chunk.V.Row), chunk.V.Row, 1, g.From(0, start),
                scores.From(s, start), upcoming: upcoming);
            for (var row = s; row < s + together; row++)
            {
                var at = (nint)row * shape.Chunk;
                Weigh(row, start * lanes, padded, gates, memory.Dot, memory.Places, memory.Weights + at, memory.Scores + at,
                    memory.Tile + (row * lanes));
            }
        }

        Tiles.Sum(memory.Tile, lanes, chunk.Tokens, memory.DU);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Weigh(
        int s, int start, int padded, ChunkGates<TLanes, TVector, T> gates, T* dot, T* places, T* weights, T* scores, T* tile)
    {
        var place = TLanes.Broadcast(places[s]);
        TVector sum = default;
        if (gates.IsFactored)
        {
            var rise = gates.Rise;
            var written = TLanes.Broadcast(gates.Written[s] * scale);
            for (var t = start; t < padded; t += TLanes.Count)
            {
                var gate = TLanes.Multiply(TLanes.Load(rise + t), written);
                sum = Weigh(gate, place, places + t, dot + t, weights + t, scores + t, sum);
            }
        }
        else
        {
            T* wHigh = gates.WHigh, wLow = gates.WLow;
            var (high, low) = (TLanes.Broadcast(gates.UHigh[s]), TLanes.Broadcast(gates.ULow[s]));
            var factor = TLanes.Broadcast(scale);
            for (var t = start; t < padded; t += TLanes.Count)
            {
                var gate = LaneFunctions<TLanes, TVector, T>.ExpOfNegative(TLanes.Add(
                    TLanes.Subtract(high, TLanes.Load(wHigh + t)), TLanes.Subtract(low, TLanes.Load(wLow + t))));
                sum = Weigh(TLanes.Multiply(gate, factor), place, places + t, dot + t, weights + t, scores + t, sum);
            }
        }

        TLanes.Store(sum, tile);
    }

    /// <summary>Weighs a vector of tokens that read. What tokens ahead of the one that wrote would get becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weigh(TVector gate, TVector place, T* places, T* dot, T* weights, T* scores, TVector sum)
    {
        gate = TLanes.WhereGreater(place, TLanes.Load(places), default, gate);
        var weight = TLanes.Multiply(TLanes.Load(weights), gate);
        var gradient = TLanes.Add(TLanes.Load(scores), TLanes.Load(dot));
        TLanes.Store(weight, weights);
        TLanes.Store(TLanes.Multiply(gradient, gate), scores);
        return TLanes.MultiplyAdd(gradient, weight, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Queries(
        BackwardChunk<T> chunk, T* state, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory,
        UpcomingRows<T> upcoming)
    {
        var (lanes, keys, values) = (TLanes.Count, shape.Keys, shape.Values);
        var (vectors, block) = (keys / lanes, Products<TLanes, TVector, T>.RowsTogether(keys / lanes));
        if (state is not null)
        {
            for (var t = 0; t < chunk.Padded; t++)
            {
                memory.Factors[t] = gates.Past[t] * scale;
            }

            Panels<T> normalizer = new(state + ((nint)keys * values), 0, lanes);
            Products<TLanes, TVector, T>.Multiply(
                chunk.Rows, shape.ValueWidth, vectors, memory.G, values, 1, new Panels<T>(state, keys, lanes), chunk.DQ,
                new RowTerms<T>(normalizer, memory.Dot, memory.Factors), upcoming);
        }

        var terms = new RowTerms<T>(chunk.DQ, state is null ? null : memory.Ones, null);
        for (var t = 0; t < chunk.Rows; t += block)
        {
            Products<TLanes, TVector, T>.Multiply(
                Math.Min(block, chunk.Rows - t), Math.Min(t + block, chunk.Tokens), vectors, memory.Scores + t, 1, shape.Chunk, chunk.K,
                chunk.DQ.From(t, 0), terms.From(t, 0), upcoming);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keys(
        BackwardChunk<T> chunk, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory, UpcomingRows<T> upcoming)
    {
        var (lanes, keys, tokens) = (TLanes.Count, shape.Keys, chunk.Tokens);
        var (vectors, block) = (keys / lanes, Products<TLanes, TVector, T>.RowsTogether(keys / lanes));
        if (chunk.More)
        {
            Panels<T> normalizer = new(memory.NormalizerGradient, 0, lanes);
            Products<TLanes, TVector, T>.Multiply(
                chunk.Rows, shape.ValueWidth, vectors, chunk.V.Start, chunk.V.Row, 1,
                new Panels<T>(memory.StateGradient, keys, lanes), chunk.DK,
                new RowTerms<T>(normalizer, memory.Ones, gates.Written), upcoming);
            DotRows(tokens, keys, chunk.K, chunk.DK, memory.Tile, memory.Factors);
            for (var s = 0; s < tokens; s++)
            {
                memory.DU[s] += memory.Factors[s];
            }
        }

        var terms = new RowTerms<T>(chunk.DK, chunk.More ? memory.Ones : null, null);
        for (var s = 0; s < chunk.Rows; s += block)
        {
            Products<TLanes, TVector, T>.Multiply(
                Math.Min(block, chunk.Rows - s), Math.Max(tokens - s, 0), vectors,
                memory.Scores + ((nint)s * shape.Chunk) + s, shape.Chunk, 1, chunk.Q.From(s, 0), chunk.DK.From(s, 0),
                terms.From(s, 0), upcoming);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Values(
        BackwardChunk<T> chunk, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory, UpcomingRows<T> upcoming)
    {
        var (lanes, keys, values) = (TLanes.Count, shape.Keys, shape.Values);
        var (vectors, block) = (values / lanes, Products<TLanes, TVector, T>.RowsTogether(values / lanes));
        if (chunk.More)
        {
            Transposition.Copy(memory.StateGradient, keys, values, keys, memory.TurnedStateGradient, values);
            Products<TLanes, TVector, T>.Multiply(
                chunk.Rows, shape.KeyWidth, vectors, chunk.K.Start, chunk.K.Row, 1,
                new Panels<T>(memory.TurnedStateGradient, values, lanes), chunk.DV, upcoming: upcoming);
        }

        var g = new Panels<T>(memory.G, values, lanes);
        var terms = new RowTerms<T>(chunk.DV, chunk.More ? gates.Written : null, null);
        for (var s = 0; s < chunk.Rows; s += block)
        {
            Products<TLanes, TVector, T>.Multiply(
                Math.Min(block, chunk.Rows - s), Math.Max(chunk.Tokens - s, 0), vectors,
                memory.Weights + ((nint)s * shape.Chunk) + s, shape.Chunk, 1, g.From(s, 0), chunk.DV.From(s, 0),
                terms.From(s, 0), upcoming);
        }
    }

    /// <summary>Copies out what could not be computed in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(BackwardChunk<T> chunk, BackwardMemory<T> memory)
    {
        var (sample, head) = Math.DivRem(chunk.Sequence, shape.Heads);
        void Copy(Panels<T> from, T* scratch, int paddedWidth, int width, HeadRows<T> to)
        {
            if (from.Start == scratch)
            {
                RowCopies.Copy(chunk.Tokens, width, scratch, paddedWidth, to.At(sample, head, chunk.First), to.Token);
            }
        }

        Copy(chunk.DQ, memory.DQ, shape.Keys, shape.KeyWidth, gradients.Q);
        Copy(chunk.DK, memory.DK, shape.Keys, shape.KeyWidth, gradients.K);
        Copy(chunk.DV, memory.DV, shape.Values, shape.ValueWidth, gradients.V);
    }

    /// <summary>Gradients of the gates.</summary>
    /// <param name="sample">Sample.</param>
    /// <param name="head">Head.</param>
    /// <param name="first">First token of the chunk.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="after">Gradient of the stabiliser behind the chunk, without what cancels.</param>
    /// <param name="end">All of it: that of the last b.</param>
    /// <param name="gates">Gates.</param>
    /// <param name="memory">Where the gradient of u is.</param>
    /// <returns>Gradient of the stabiliser before the chunk, without what cancels.</returns>
    private double Gates(
        int sample, int head, int first, int tokens, double after, double end, ChunkGates<TLanes, TVector, T> gates,
        BackwardMemory<T> memory)
    {
        var before = 0.0;
        for (var t = 0; t < tokens; t++)
        {
            var stabilizer = double.CreateTruncating(memory.OfStabilizer[t]) + (t == tokens - 1 ? after : 0);
            if (gates.Source[t] < 0)
            {
                before += stabilizer;
            }
            else
            {
                memory.DU[gates.Source[t]] += T.CreateTruncating(stabilizer);
            }
        }

        T* di = gradients.I.At(sample, head, first), df = gradients.F.At(sample, head, first);
        var sum = end;
        for (var t = tokens - 1; t >= 0; t--)
        {
            sum += double.CreateTruncating(memory.OfFloor[t]) - double.CreateTruncating(memory.DU[t]);
            di[t * gradients.I.Token] = memory.DU[t];
            df[t * gradients.F.Token] = T.CreateTruncating(sum) * gates.Slope[t];
        }

        return before;
    }

    /// <summary>The gradient of the state before the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Before(
        BackwardChunk<T> chunk, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory, UpcomingRows<T> upcoming)
    {
        var (lanes, keys, values, tokens) = (TLanes.Count, shape.Keys, shape.Values, chunk.Tokens);
        ChunkCopies<TLanes, TVector, T>.Read(
            chunk.Q.Start, chunk.Q.Row, tokens, keys, chunk.Padded, memory.Q, keys, scale, gates.Past);
        var decay = TLanes.Broadcast(gates.Kept);
        for (var at = 0; at < keys; at += lanes)
        {
            var sum = chunk.More ? TLanes.Multiply(TLanes.Load(memory.NormalizerGradient + at), decay) : default;
            for (var t = 0; t < tokens; t++)
            {
                sum = TLanes.MultiplyAdd(
                    TLanes.Load(memory.Q + ((nint)t * keys) + at), TLanes.Broadcast(memory.Dot[t]), sum);
            }

            TLanes.Store(sum, memory.NormalizerGradient + at);
        }

        new Span<T>(memory.Decay, values).Fill(gates.Kept);
        Panels<T> gradient = new(memory.StateGradient, keys, lanes);
        Products<TLanes, TVector, T>.Multiply(
            values, tokens, keys / lanes, memory.G, 1, values, new Panels<T>(memory.Q, keys, lanes), gradient,
            new RowTerms<T>(gradient, chunk.More ? memory.Decay : null, null), upcoming);
    }

    /// <summary>The gradient of the state behind the chunk times that state.</summary>
    private double Product(BackwardMemory<T> memory, T* state)
    {
        var elements = shape.Keys * shape.Values;
        return Dot(memory.StateGradient, state, elements) + Dot(memory.NormalizerGradient, state + elements, shape.Keys);
    }

    private static double Dot(T* x, T* y, int elements)
    {
        // Several sums, so that none waits for itself.
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var four = 4 * TLanes.Count;
        var at = 0;
        for (; at + four <= elements; at += four)
        {
            sum0 = TLanes.MultiplyAdd(TLanes.Load(x + at), TLanes.Load(y + at), sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Load(x + at + TLanes.Count), TLanes.Load(y + at + TLanes.Count), sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Load(x + at + (2 * TLanes.Count)), TLanes.Load(y + at + (2 * TLanes.Count)), sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Load(x + at + (3 * TLanes.Count)), TLanes.Load(y + at + (3 * TLanes.Count)), sum3);
        }

        for (; at < elements; at += TLanes.Count)
        {
            sum0 = TLanes.MultiplyAdd(TLanes.Load(x + at), TLanes.Load(y + at), sum0);
        }

        var sum = TLanes.Add(TLanes.Add(sum0, sum1), TLanes.Add(sum2, sum3));
        var parts = stackalloc T[TLanes.Count];
        TLanes.Store(sum, parts);
        var total = 0.0;
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            total += double.CreateTruncating(parts[lane]);
        }

        return total;
    }

    /// <summary>The product of each row of x with that of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotRows(int rows, int width, Panels<T> x, Panels<T> y, T* tile, T* products)
    {
        T* ofX = x.Start, ofY = y.Start;
        for (var row = 0; row < rows; row++, ofX += x.Row, ofY += y.Row)
        {
            TVector sum = default;
            for (var at = 0; at < width; at += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(ofX + at), TLanes.Load(ofY + at), sum);
            }

            TLanes.Store(sum, tile + (row * TLanes.Count));
        }

        Tiles.Sum(tile, TLanes.Count, rows, products);
    }
}
