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
/// (N + eps)</c> that of the dot where N is its size. Inside the chunk <c>dP = G Vᵀ + d</c>, <c>dQ = dP∘D K</c>, <c>dK = (dP∘D)ᵀ
/// Q</c>, <c>dV = Pᵀ G</c>; the gradient Γ of the state behind it gives <c>dK += e (V Γᵀ + γ)</c> and <c>dV += e K Γ</c>, and
/// that before it is <c>exp(m - w_L) Γ + Σ exp(m - w_t) q_t G_tᵀ</c>. Matrices of tokens by tokens lie transposed, written tokens
/// in rows.
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
    public void Run(int sequence)
    {
        var (sample, head) = Math.DivRem(sequence, shape.Heads);
        using var gates = new ChunkGates<TLanes, TVector, T>(shape.Chunk);
        using var memory = new BackwardMemory<T>(shape, TLanes.Count);
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
            Read(sample, head, first, tokens, padded, memory);
            Divide(dots + ((nint)sequence * shape.Length) + first, tokens, padded, gates, memory);
            if (more)
            {
                ChunkCopies<TLanes, TVector, T>.ReadPanels(
                    memory.V, shape.Values, padded, shape.Values, padded, memory.VPanels, shape.Values);
            }

            Inside(sample, head, first, tokens, gates, memory);
            Queries(tokens, padded, state, gates, memory);
            Keys(tokens, padded, more, gates, memory);
            Values(tokens, padded, more, gates, memory);
            Write(sample, head, first, tokens, memory);
            var end = more ? after + Product(memory, kept + shape.KeptOffset(sequence, c + 1)) : 0;
            after = Gates(sample, head, first, tokens, after, end, gates, memory);
            if (past)
            {
                Before(sample, head, first, tokens, padded, more, gates, memory);
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

    private void Read(int sample, int head, int first, int tokens, int padded, BackwardMemory<T> memory)
    {
        var (keys, values) = (shape.Keys, shape.Values);
        void Copy(HeadRows<T> from, int width, T* to, int paddedWidth) => ChunkCopies<TLanes, TVector, T>.Read(
            from.At(sample, head, first), from.Token, tokens, width, padded, to, paddedWidth, T.One, null);
        Copy(inputs.Q, shape.KeyWidth, memory.Q, keys);
        Copy(inputs.K, shape.KeyWidth, memory.K, keys);
        Copy(inputs.V, shape.ValueWidth, memory.V, values);
        Copy(output.Gradient, shape.ValueWidth, memory.G, values);
        Copy(output.H, shape.ValueWidth, memory.DV, values);
        ChunkCopies<TLanes, TVector, T>.ReadPanels(memory.Q, keys, padded, keys, padded, memory.QPanels, keys);
    }

    private void Prefetch(int sample, int head, int token)
    {
        inputs.Q.Prefetch(sample, head, token, shape.KeyWidth);
        inputs.K.Prefetch(sample, head, token, shape.KeyWidth);
        inputs.V.Prefetch(sample, head, token, shape.ValueWidth);
        output.Gradient.Prefetch(sample, head, token, shape.ValueWidth);
        output.H.Prefetch(sample, head, token, shape.ValueWidth);
    }

    /// <summary>Turns the gradient of h into those of numerator and dot.</summary>
    private void Divide(T* dot, int tokens, int padded, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory)
    {
        DotRows(padded, shape.Values, memory.G, memory.DV, memory.Tile, memory.GH);
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
        for (var t = 0; t < tokens; t++)
        {
            var row = memory.G + ((nint)t * shape.Values);
            var factor = TLanes.Broadcast(memory.Inverse[t]);
            for (var at = 0; at < shape.Values; at += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(row + at), factor), row + at);
            }
        }

        ChunkCopies<TLanes, TVector, T>.ReadPanels(
            memory.G, shape.Values, padded, shape.Values, padded, memory.GPanels, shape.Values);
    }

    /// <summary>Weights Pᵀ, and the gradient of the scores, both times <c>1/sqrt(K)</c>; the gradient of u by the
    /// weights.</summary>
    private void Inside(
        int sample, int head, int first, int tokens, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory)
    {
        var padded = shape.WholeVectors(tokens);
        var (lanes, block, chunk) = (TLanes.Count, Products<TLanes, TVector, T>.Rows, shape.Chunk);
        Panels<T> q = new(memory.QPanels, lanes, (nint)shape.Keys * lanes);
        Panels<T> g = new(memory.GPanels, lanes, (nint)shape.Values * lanes);
        Panels<T> weights = new(memory.Weights, chunk, lanes), scores = new(memory.Scores, chunk, lanes);
        for (var s = 0; s < padded; s += block)
        {
            var start = s / lanes;
            var vectors = (padded / lanes) - start;
            Products<TLanes, TVector, T>.Multiply(
                block, shape.KeyWidth, vectors, memory.K + ((nint)s * shape.Keys), shape.Keys, 1, q.From(0, start),
                weights.From(s, start), null);
            Products<TLanes, TVector, T>.Multiply(
                block, shape.ValueWidth, vectors, memory.V + ((nint)s * shape.Values), shape.Values, 1, g.From(0, start),
                scores.From(s, start), null);
            for (var row = s; row < s + block; row++)
            {
                var at = (nint)row * chunk;
                if (first > 0)
                {
                    // What the chunk before reads comes while this one multiplies.
                    Prefetch(sample, head, first - shape.Chunk + row);
                }

                Weigh(row, start * lanes, padded, gates, memory.Dot, memory.Places, memory.Weights + at, memory.Scores + at,
                    memory.Tile + (row * lanes));
            }
        }

        Tiles.Sum(memory.Tile, lanes, tokens, memory.DU);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Weigh(
        int s, int start, int padded, ChunkGates<TLanes, TVector, T> gates, T* dot, T* places, T* weights, T* scores, T* tile)
    {
        T* wHigh = gates.WHigh, wLow = gates.WLow;
        var (high, low) = (TLanes.Broadcast(gates.UHigh[s]), TLanes.Broadcast(gates.ULow[s]));
        var (place, factor) = (TLanes.Broadcast(places[s]), TLanes.Broadcast(scale));
        TVector sum = default;
        for (var t = start; t < padded; t += TLanes.Count)
        {
            var gate = LaneFunctions<TLanes, TVector, T>.ExpOfNegative(TLanes.Add(
                TLanes.Subtract(high, TLanes.Load(wHigh + t)), TLanes.Subtract(low, TLanes.Load(wLow + t))));
            gate = TLanes.WhereGreater(place, TLanes.Load(places + t), default, TLanes.Multiply(gate, factor));
            var weight = TLanes.Multiply(TLanes.Load(weights + t), gate);
            var gradient = TLanes.Add(TLanes.Load(scores + t), TLanes.Load(dot + t));
            sum = TLanes.MultiplyAdd(gradient, weight, sum);
            TLanes.Store(weight, weights + t);
            TLanes.Store(TLanes.Multiply(gradient, gate), scores + t);
        }

        TLanes.Store(sum, tile);
    }

    private void Queries(
        int tokens, int padded, T* state, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory)
    {
        var (lanes, block, keys, values) = (TLanes.Count, Products<TLanes, TVector, T>.Rows, shape.Keys, shape.Values);
        if (state is not null)
        {
            for (var t = 0; t < padded; t++)
            {
                memory.Factors[t] = gates.Past[t] * scale;
            }

            Products<TLanes, TVector, T>.Multiply(
                keys, shape.ValueWidth, padded / lanes, state, values, 1,
                new Panels<T>(memory.GPanels, lanes, (nint)values * lanes),
                new Panels<T>(memory.KeyPanels, lanes, (nint)keys * lanes), null);
            ChunkCopies<TLanes, TVector, T>.WritePanels(
                memory.KeyPanels, padded, state + ((nint)keys * values), memory.Dot, memory.Factors, memory.DQ, keys);
        }

        Panels<T> k = new(memory.K, keys, lanes), dq = new(memory.DQ, keys, lanes);
        for (var t = 0; t < padded; t += block)
        {
            Products<TLanes, TVector, T>.Multiply(
                block, Math.Min(t + block, tokens), keys / lanes, memory.Scores + t, 1, shape.Chunk, k, dq.From(t, 0),
                state is null ? null : memory.Ones);
        }
    }

    private void Keys(int tokens, int padded, bool more, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory)
    {
        var (lanes, block, keys, values) = (TLanes.Count, Products<TLanes, TVector, T>.Rows, shape.Keys, shape.Values);
        if (more)
        {
            Products<TLanes, TVector, T>.Multiply(
                keys, shape.ValueWidth, padded / lanes, memory.StateGradient, values, 1,
                new Panels<T>(memory.VPanels, lanes, (nint)values * lanes),
                new Panels<T>(memory.KeyPanels, lanes, (nint)keys * lanes), null);
            ChunkCopies<TLanes, TVector, T>.WritePanels(
                memory.KeyPanels, padded, memory.NormalizerGradient, memory.Ones, gates.Written, memory.DK, keys);
            DotRows(padded, keys, memory.K, memory.DK, memory.Tile, memory.Factors);
            for (var s = 0; s < tokens; s++)
            {
                memory.DU[s] += memory.Factors[s];
            }
        }

        Panels<T> q = new(memory.Q, keys, lanes), dk = new(memory.DK, keys, lanes);
        for (var s = 0; s < padded; s += block)
        {
            Products<TLanes, TVector, T>.Multiply(
                block, Math.Max(tokens - s, 0), keys / lanes, memory.Scores + ((nint)s * shape.Chunk) + s, shape.Chunk, 1,
                q.From(s, 0), dk.From(s, 0), more ? memory.Ones : null);
        }
    }

    private void Values(int tokens, int padded, bool more, ChunkGates<TLanes, TVector, T> gates, BackwardMemory<T> memory)
    {
        var (lanes, block, keys, values) = (TLanes.Count, Products<TLanes, TVector, T>.Rows, shape.Keys, shape.Values);
        Panels<T> g = new(memory.G, values, lanes), dv = new(memory.DV, values, lanes);
        if (more)
        {
            Products<TLanes, TVector, T>.Multiply(
                padded, shape.KeyWidth, values / lanes, memory.K, keys, 1, new Panels<T>(memory.StateGradient, values, lanes), dv,
                null);
        }

        for (var s = 0; s < padded; s += block)
        {
            Products<TLanes, TVector, T>.Multiply(
                block, Math.Max(tokens - s, 0), values / lanes, memory.Weights + ((nint)s * shape.Chunk) + s, shape.Chunk, 1,
                g.From(s, 0), dv.From(s, 0), more ? gates.Written + s : null);
        }
    }

    private void Write(int sample, int head, int first, int tokens, BackwardMemory<T> memory)
    {
        void Copy(T* from, int paddedWidth, int width, HeadRows<T> to) => ChunkCopies<TLanes, TVector, T>.Write(
            from, paddedWidth, tokens, width, to.At(sample, head, first), to.Token, T.One, null);
        Copy(memory.DQ, shape.Keys, shape.KeyWidth, gradients.Q);
        Copy(memory.DK, shape.Keys, shape.KeyWidth, gradients.K);
        Copy(memory.DV, shape.Values, shape.ValueWidth, gradients.V);
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
    private void Before(
        int sample, int head, int first, int tokens, int padded, bool more, ChunkGates<TLanes, TVector, T> gates,
        BackwardMemory<T> memory)
    {
        var (lanes, keys, values) = (TLanes.Count, shape.Keys, shape.Values);
        ChunkCopies<TLanes, TVector, T>.Read(
            inputs.Q.At(sample, head, first), inputs.Q.Token, tokens, shape.KeyWidth, padded, memory.Q, keys, scale, gates.Past);
        var decay = TLanes.Broadcast(gates.Kept);
        for (var at = 0; at < keys; at += lanes)
        {
            var sum = more ? TLanes.Multiply(TLanes.Load(memory.NormalizerGradient + at), decay) : default;
            for (var t = 0; t < tokens; t++)
            {
                sum = TLanes.MultiplyAdd(
                    TLanes.Load(memory.Q + ((nint)t * keys) + at), TLanes.Broadcast(memory.Dot[t]), sum);
            }

            TLanes.Store(sum, memory.NormalizerGradient + at);
        }

        new Span<T>(memory.Decay, keys).Fill(gates.Kept);
        Products<TLanes, TVector, T>.Multiply(
            keys, tokens, values / lanes, memory.Q, 1, keys, new Panels<T>(memory.G, values, lanes),
            new Panels<T>(memory.StateGradient, values, lanes), more ? memory.Decay : null);
    }

    /// <summary>The gradient of the state behind the chunk times that state.</summary>
    private double Product(BackwardMemory<T> memory, T* state)
    {
        var elements = shape.Keys * shape.Values;
        return Dot(memory.StateGradient, state, elements) + Dot(memory.NormalizerGradient, state + elements, shape.Keys);
    }

    private static double Dot(T* x, T* y, int elements)
    {
        TVector sum = default;
        for (var at = 0; at < elements; at += TLanes.Count)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(x + at), TLanes.Load(y + at), sum);
        }

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
    private static void DotRows(int rows, int width, T* x, T* y, T* tile, T* products)
    {
        for (var row = 0; row < rows; row++, x += width, y += width)
        {
            TVector sum = default;
            for (var at = 0; at < width; at += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(x + at), TLanes.Load(y + at), sum);
            }

            TLanes.Store(sum, tile + (row * TLanes.Count));
        }

        Tiles.Sum(tile, TLanes.Count, rows, products);
    }
}
