using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What a scan does token by token before and after the states; tiles are <c>(tokens, lanes)</c>.</summary>
/// <remarks>The loops are not inlined: together with their callers they would exceed what the compiler inlines of the vectors'
/// operations, and each of these would be a call.</remarks>
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
    /// <param name="row">Tiles of Δ', Δ'u and D·u to write, which may be those read, and the largest |Δ'|.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Begin(int tokens, in LaneParameters<T> parameters, T* delta, T* u, in ScanRow<T> row)
    {
        TLanes.Store(TLanes.Broadcast(default), row.LargestStep);
        var end = (nint)tokens * TLanes.Count;
        var ends = end - (end % FourLanes<TLanes, TVector, T>.Count);
        Begin<FourStates<TLanes, TVector, T>, FourLanes<TLanes, TVector, T>, Four<TVector>>(0, ends, parameters, delta, u, row);
        Begin<OneState<TLanes, TVector, T>, TLanes, TVector>(ends, end, parameters, delta, u, row);
    }

    /// <summary>y becomes y·SiLU(z).</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="z">Tile of z.</param>
    /// <param name="y">Tile of y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gate(int tokens, T* z, T* y)
    {
        var end = (nint)tokens * TLanes.Count;
        var ends = end - (end % FourLanes<TLanes, TVector, T>.Count);
        Gate<FourLanes<TLanes, TVector, T>, Four<TVector>>(0, ends, z, y);
        Gate<TLanes, TVector>(ends, end, z, y);
    }

    /// <summary>The gradient of the output becomes g, that of y, and z becomes its own gradient but for the factor y.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="z">Tile of z.</param>
    /// <param name="g">Tile of the output's gradient.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void GateBackward(int tokens, T* z, T* g)
    {
        var end = (nint)tokens * TLanes.Count;
        var ends = end - (end % FourLanes<TLanes, TVector, T>.Count);
        GateBackward<FourLanes<TLanes, TVector, T>, Four<TVector>>(0, ends, z, g);
        GateBackward<TLanes, TVector>(ends, end, z, g);
    }

    /// <summary>x becomes x·y.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="y">A tile.</param>
    /// <param name="x">A tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void EndBackward(int tokens, in BackwardBlock<T> tiles)
    {
        var end = (nint)tokens * TLanes.Count;
        var ends = end - (end % FourLanes<TLanes, TVector, T>.Count);
        EndBackward<FourStates<TLanes, TVector, T>, FourLanes<TLanes, TVector, T>, Four<TVector>>(0, ends, tiles);
        EndBackward<OneState<TLanes, TVector, T>, TLanes, TVector>(ends, end, tiles);
    }

    /// <summary>Makes e^-|Δ + δ|, where y will be. One loop for this and for what follows would have more in it than the compiler
    /// keeps track of, which then loads each constant three times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Exps<TRepeat, TGroupLanes, TGroup>(nint from, nint to, T* deltaBias, T* delta, T* y)
        where TRepeat : IStateGroup<TGroup, TVector, T>
        where TGroupLanes : ILanes<TGroup, T>
        where TGroup : unmanaged
    {
        var bias = TRepeat.Repeat(TLanes.Load(deltaBias));
        for (var at = from; at < to; at += TGroupLanes.Count)
        {
            var step = TGroupLanes.Add(TGroupLanes.Load(delta + at), bias);
            TGroupLanes.Store(LaneFunctions<TGroupLanes, TGroup, T>.ExpOfNegative(TGroupLanes.MinusAbs(step)), y + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Begin<TRepeat, TGroupLanes, TGroup>(
        nint from, nint to, in LaneParameters<T> parameters, T* delta, T* u, in ScanRow<T> row)
        where TRepeat : IStateGroup<TGroup, TVector, T>
        where TGroupLanes : ILanes<TGroup, T>
        where TGroup : unmanaged
    {
        T* steps = row.Steps, values = row.Values, y = row.Y;
        var softplus = parameters.Softplus;
        if (softplus)
        {
            Exps<TRepeat, TGroupLanes, TGroup>(from, to, parameters.DeltaBias, delta, y);
        }

        var (bias, skip) = (TRepeat.Repeat(TLanes.Load(parameters.DeltaBias)), TRepeat.Repeat(TLanes.Load(parameters.Skip)));
        var largest = TLanes.Load(row.LargestStep);
        for (var at = from; at < to; at += TGroupLanes.Count)
        {
            var step = TGroupLanes.Add(TGroupLanes.Load(delta + at), bias);
            step = softplus ? LaneFunctions<TGroupLanes, TGroup, T>.Softplus(step, TGroupLanes.Load(y + at)) : step;
            var value = TGroupLanes.Load(u + at);
            TGroupLanes.Store(step, steps + at);
            TGroupLanes.Store(TGroupLanes.Multiply(step, value), values + at);
            TGroupLanes.Store(TGroupLanes.Multiply(skip, value), y + at);
            largest = TRepeat.Largest(TGroupLanes.Abs(step), largest);
        }

        TLanes.Store(largest, row.LargestStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Gate<TGroupLanes, TGroup>(nint from, nint to, T* z, T* y)
        where TGroupLanes : ILanes<TGroup, T>
        where TGroup : unmanaged
    {
        for (var at = from; at < to; at += TGroupLanes.Count)
        {
            var gate = LaneFunctions<TGroupLanes, TGroup, T>.Silu(TGroupLanes.Load(z + at));
            TGroupLanes.Store(TGroupLanes.Multiply(TGroupLanes.Load(y + at), gate), y + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void GateBackward<TGroupLanes, TGroup>(nint from, nint to, T* z, T* g)
        where TGroupLanes : ILanes<TGroup, T>
        where TGroup : unmanaged
    {
        for (var at = from; at < to; at += TGroupLanes.Count)
        {
            var upstream = TGroupLanes.Load(g + at);
            var silu = LaneFunctions<TGroupLanes, TGroup, T>.Silu(TGroupLanes.Load(z + at), out var slope);
            TGroupLanes.Store(TGroupLanes.Multiply(upstream, silu), g + at);
            TGroupLanes.Store(TGroupLanes.Multiply(upstream, slope), z + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void EndBackward<TRepeat, TGroupLanes, TGroup>(nint from, nint to, in BackwardBlock<T> tiles)
        where TRepeat : IStateGroup<TGroup, TVector, T>
        where TGroupLanes : ILanes<TGroup, T>
        where TGroup : unmanaged
    {
        T* us = tiles.U, deltas = tiles.Delta, steps = tiles.Steps, gs = tiles.G, ss = tiles.Weighted, qs = tiles.Decayed;
        var bias = TRepeat.Repeat(TLanes.Load(tiles.Parameters.DeltaBias));
        var skip = TRepeat.Repeat(TLanes.Load(tiles.Parameters.Skip));
        var one = TGroupLanes.Broadcast(Number<T>.Of(1));
        var ln2 = TGroupLanes.Broadcast(Number<T>.Of(Math.Log(2)));
        var softplus = tiles.Parameters.Softplus;
        var (dSkip, dBias) = (TLanes.Load(tiles.Skip), TLanes.Load(tiles.DeltaBias));
        for (var at = from; at < to; at += TGroupLanes.Count)
        {
            var (g, u, s) = (TGroupLanes.Load(gs + at), TGroupLanes.Load(us + at), TGroupLanes.Load(ss + at));
            var dDelta = TGroupLanes.MultiplyAdd(u, s, TGroupLanes.Multiply(TGroupLanes.Load(qs + at), ln2));
            if (softplus)
            {
                var delta = TGroupLanes.Add(TGroupLanes.Load(deltas + at), bias);
                dDelta = TGroupLanes.Multiply(dDelta, LaneFunctions<TGroupLanes, TGroup, T>.SoftplusSlope(delta));
            }

            TGroupLanes.Store(TGroupLanes.MultiplyAdd(g, skip, TGroupLanes.Multiply(TGroupLanes.Load(steps + at), s)), ss + at);
            TGroupLanes.Store(dDelta, qs + at);
            dSkip = TRepeat.SumProducts(g, u, dSkip);
            dBias = TRepeat.SumProducts(dDelta, one, dBias);
        }

        TLanes.Store(dSkip, tiles.Skip);
        TLanes.Store(dBias, tiles.DeltaBias);
    }
}
