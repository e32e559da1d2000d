using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What a scan does token by token before and after the states; tiles are <c>(tokens, lanes)</c>.</summary>
internal static unsafe class ScanTokens<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Turns A into a = A·log2(e), in place.</summary>
    /// <param name="states">N.</param>
    /// <param name="a">Tile <c>(N, lanes)</c>.</param>
    public static void ScaleRates(int states, T* a)
    {
        var factor = TLanes.Broadcast(Number<T>.Of(Math.Log2(Math.E)));
        for (var n = 0; n < states; n++, a += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(a), factor), a);
        }
    }

    /// <summary>Makes Δ', Δ'u and D·u.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="parameters">D and δ of the lanes.</param>
    /// <param name="delta">Tile of Δ.</param>
    /// <param name="u">Tile of u.</param>
    /// <param name="steps">Tile of Δ' to write; may be Δ itself.</param>
    /// <param name="values">Tile of Δ'u to write; may be u itself.</param>
    /// <param name="y">Tile of D·u to write.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Begin(int tokens, in LaneParameters<T> parameters, T* delta, T* u, T* steps, T* values, T* y)
    {
        var (bias, skip, softplus) = (TLanes.Load(parameters.DeltaBias), TLanes.Load(parameters.Skip), parameters.Softplus);
        for (nint at = 0; at < (nint)tokens * TLanes.Count; at += TLanes.Count)
        {
            var step = TLanes.Add(TLanes.Load(delta + at), bias);
            step = softplus ? LaneFunctions<TLanes, TVector, T>.Softplus(step) : step;
            var value = TLanes.Load(u + at);
            TLanes.Store(step, steps + at);
            TLanes.Store(TLanes.Multiply(step, value), values + at);
            TLanes.Store(TLanes.Multiply(skip, value), y + at);
        }
    }

    /// <summary>y becomes y·SiLU(z).</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="z">Tile of z.</param>
    /// <param name="y">Tile of y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gate(int tokens, T* z, T* y)
    {
        for (nint at = 0; at < (nint)tokens * TLanes.Count; at += TLanes.Count)
        {
            var gate = TLanes.Load(z + at);
            gate = TLanes.Multiply(gate, LaneFunctions<TLanes, TVector, T>.Sigmoid(gate));
            TLanes.Store(TLanes.Multiply(TLanes.Load(y + at), gate), y + at);
        }
    }

    /// <summary>The gradient of the output becomes g, that of y, and z becomes its own gradient but for the factor y.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="z">Tile of z.</param>
    /// <param name="g">Tile of the output's gradient.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GateBackward(int tokens, T* z, T* g)
    {
        var one = TLanes.Broadcast(Number<T>.Of(1));
        for (nint at = 0; at < (nint)tokens * TLanes.Count; at += TLanes.Count)
        {
            var (gate, upstream) = (TLanes.Load(z + at), TLanes.Load(g + at));
            var sigmoid = LaneFunctions<TLanes, TVector, T>.Sigmoid(gate);
            var silu = TLanes.Multiply(gate, sigmoid);
            var slope = TLanes.MultiplyAdd(silu, TLanes.Subtract(one, sigmoid), sigmoid);
            TLanes.Store(TLanes.Multiply(upstream, silu), g + at);
            TLanes.Store(TLanes.Multiply(upstream, slope), z + at);
        }
    }

    /// <summary>x becomes x·y.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="y">A tile.</param>
    /// <param name="x">A tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int tokens, T* y, T* x)
    {
        for (nint at = 0; at < (nint)tokens * TLanes.Count; at += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(x + at), TLanes.Load(y + at)), x + at);
        }
    }

    /// <summary>Makes the gradients of u, <c>D g + Δ' s</c>, and of Δ, <c>(u s + q ln 2) dΔ'/dΔ</c>.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="tiles">Tiles of the chunk; s becomes the gradient of u, q that of Δ. The gradients of D, Σ g u, and of δ are
    /// added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EndBackward(int tokens, in BackwardBlock<T> tiles)
    {
        T* us = tiles.U, deltas = tiles.Delta, steps = tiles.Steps, gs = tiles.G, ss = tiles.Weighted, qs = tiles.Decayed;
        var (bias, skip) = (TLanes.Load(tiles.Parameters.DeltaBias), TLanes.Load(tiles.Parameters.Skip));
        var softplus = tiles.Parameters.Softplus;
        var ln2 = TLanes.Broadcast(Number<T>.Of(Math.Log(2)));
        var (dSkip, dBias) = (TLanes.Load(tiles.Skip), TLanes.Load(tiles.DeltaBias));
        for (nint at = 0; at < (nint)tokens * TLanes.Count; at += TLanes.Count)
        {
            var (g, u, s) = (TLanes.Load(gs + at), TLanes.Load(us + at), TLanes.Load(ss + at));
            var dDelta = TLanes.MultiplyAdd(u, s, TLanes.Multiply(TLanes.Load(qs + at), ln2));
            if (softplus)
            {
                var slope = LaneFunctions<TLanes, TVector, T>.SoftplusSlope(TLanes.Add(TLanes.Load(deltas + at), bias));
                dDelta = TLanes.Multiply(dDelta, slope);
            }

            TLanes.Store(TLanes.MultiplyAdd(g, skip, TLanes.Multiply(TLanes.Load(steps + at), s)), ss + at);
            TLanes.Store(dDelta, qs + at);
            dSkip = TLanes.MultiplyAdd(g, u, dSkip);
            dBias = TLanes.Add(dBias, dDelta);
        }

        TLanes.Store(dSkip, tiles.Skip);
        TLanes.Store(dBias, tiles.DeltaBias);
    }
}
