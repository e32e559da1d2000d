using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Benchmarks;

/// <summary>Loops that do nothing but multiply and add, or exponentiate, with vectors of one width.</summary>
internal static unsafe class VectorProbes<TLanes, TVector>
    where TLanes : ILanes<TVector, float>
    where TVector : unmanaged
{
    // About a millisecond a round: long beside waking threads, short beside what else may run on the machine.
    private const int Steps = 400_000;
    private const int Chains = 12;

    // Two pieces of 8 KiB: both in the first-level cache.
    private const int Numbers = 2048;
    private const int Sweeps = 5000;

    /// <summary>The best of several rounds of each.</summary>
    /// <param name="threads">Threads.</param>
    /// <param name="rounds">Rounds.</param>
    /// <returns>Float32 multiply-adds in 10⁹ a second, counted as two each, and nanoseconds of an exp2, all threads
    /// together.</returns>
    public static (double GigaFlops, double NanosecondsPerExp) Measure(int threads, int rounds) => (
        2.0 * Chains * Steps * TLanes.Count * threads / ParallelTime.Fastest(threads, rounds, _ => MultiplyAdds(Steps)),
        ParallelTime.Fastest(threads, rounds, _ => Exps()) / ((double)Sweeps * Numbers * threads));

    /// <summary>Twelve chains that do not wait for each other: more than a core has in flight, and few enough for the sixteen
    /// registers of AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float MultiplyAdds(int steps)
    {
        var (half, one) = (TLanes.Broadcast(0.5f), TLanes.Broadcast(1));
        TVector a = one, b = one, c = one, d = one, e = one, f = one, g = one, h = one, i = one, j = one, k = one, l = one;
        for (var step = 0; step < steps; step++)
        {
            a = TLanes.MultiplyAdd(a, half, one);
            b = TLanes.MultiplyAdd(b, half, one);
            c = TLanes.MultiplyAdd(c, half, one);
            d = TLanes.MultiplyAdd(d, half, one);
            e = TLanes.MultiplyAdd(e, half, one);
            f = TLanes.MultiplyAdd(f, half, one);
            g = TLanes.MultiplyAdd(g, half, one);
            h = TLanes.MultiplyAdd(h, half, one);
            i = TLanes.MultiplyAdd(i, half, one);
            j = TLanes.MultiplyAdd(j, half, one);
            k = TLanes.MultiplyAdd(k, half, one);
            l = TLanes.MultiplyAdd(l, half, one);
        }

        var sum = TLanes.Add(
            TLanes.Add(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)), TLanes.Add(TLanes.Add(e, f), TLanes.Add(g, h))),
            TLanes.Add(TLanes.Add(i, j), TLanes.Add(k, l)));
        return *(float*)&sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Exps()
    {
        using var scratch = new Scratch<float>(2 * Numbers / TLanes.Count, 2, TLanes.Count);
        var from = scratch.Take(Numbers / TLanes.Count);
        var to = scratch.TakeCleared(Numbers / TLanes.Count);
        for (var n = 0; n < Numbers; n++)
        {
            from[n] = -n / 256f;
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Exps(from, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Exps(float* from, float* to)
    {
        for (nint n = 0; n < Numbers; n += 4 * TLanes.Count)
        {
            var (a, b) = (TLanes.Load(from + n), TLanes.Load(from + n + TLanes.Count));
            var (c, d) = (TLanes.Load(from + n + (2 * TLanes.Count)), TLanes.Load(from + n + (3 * TLanes.Count)));
            TLanes.Store(LaneFunctions<TLanes, TVector, float>.Exp2(a), to + n);
            TLanes.Store(LaneFunctions<TLanes, TVector, float>.Exp2(b), to + n + TLanes.Count);
            TLanes.Store(LaneFunctions<TLanes, TVector, float>.Exp2(c), to + n + (2 * TLanes.Count));
            TLanes.Store(LaneFunctions<TLanes, TVector, float>.Exp2(d), to + n + (3 * TLanes.Count));
        }
    }
}
