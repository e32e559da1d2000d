using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>A range of channels of one token, or of four neighbours, backward.</summary>
internal static unsafe class ConvTokensBackward<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Goes back through four tokens.</summary>
    /// <param name="tile">What they read.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="from">The first channel.</param>
    /// <param name="to">The one behind the last: a whole number of vectors away.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(in ConvTile<T> tile, in ConvGradients<T> g, int from, int to)
    {
        var (step, tapStep) = (tile.TokenStep, tile.TapStep);
        for (nint e = from; e < to; e += TLanes.Count)
        {
            var (d0, d1) = (TLanes.Load(g.Out + e), TLanes.Load(g.Out + g.OutStep + e));
            var (d2, d3) = (TLanes.Load(g.Out + (2 * g.OutStep) + e), TLanes.Load(g.Out + (3 * g.OutStep) + e));
            if (g.Silu)
            {
                ConvTokens<TLanes, TVector, T>.Sums(tile, g.Bias, e, out var u0, out var u1, out var u2, out var u3);
                (d0, d1, d2, d3) = (Slope(u0, d0), Slope(u1, d1), Slope(u2, d2), Slope(u3, d3));
                TLanes.Store(d0, g.Sum + e);
                TLanes.Store(d1, g.Sum + g.SumStep + e);
                TLanes.Store(d2, g.Sum + (2 * g.SumStep) + e);
                TLanes.Store(d3, g.Sum + (3 * g.SumStep) + e);
            }

            var sums = TLanes.Add(TLanes.Add(d0, d1), TLanes.Add(d2, d3));
            TLanes.Store(TLanes.Add(TLanes.Load(g.BiasSums + e), sums), g.BiasSums + e);
            for (var row = tile.FromRow; row < tile.ToRow; row++)
            {
                var x = tile.SourceOf(row) + e;
                var tap = g.TapSums + tile.TapOf(row) + e;
                for (var column = tile.FromColumn; column < tile.ToColumn; column++)
                {
                    var sum = TLanes.MultiplyAdd(d0, TLanes.Load(x), TLanes.Load(tap));
                    sum = TLanes.MultiplyAdd(d1, TLanes.Load(x + step), sum);
                    sum = TLanes.MultiplyAdd(d2, TLanes.Load(x + (2 * step)), sum);
                    sum = TLanes.MultiplyAdd(d3, TLanes.Load(x + (3 * step)), sum);
                    TLanes.Store(sum, tap);
                    x += step;
                    tap += tapStep;
                }
            }
        }
    }

    /// <summary>Goes back through one token; parameters as <see cref="Four"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(in ConvTile<T> tile, in ConvGradients<T> g, int from, int to)
    {
        for (nint e = from; e < to; e += TLanes.Count)
        {
            var d = TLanes.Load(g.Out + e);
            if (g.Silu)
            {
                d = Slope(ConvTokens<TLanes, TVector, T>.Sum(tile, g.Bias, e), d);
                TLanes.Store(d, g.Sum + e);
            }

            TLanes.Store(TLanes.Add(TLanes.Load(g.BiasSums + e), d), g.BiasSums + e);
            for (var row = tile.FromRow; row < tile.ToRow; row++)
            {
                var x = tile.SourceOf(row) + e;
                var tap = g.TapSums + tile.TapOf(row) + e;
                for (var column = tile.FromColumn; column < tile.ToColumn; column++)
                {
                    TLanes.Store(TLanes.MultiplyAdd(d, TLanes.Load(x), TLanes.Load(tap)), tap);
                    x += tile.TokenStep;
                    tap += tile.TapStep;
                }
            }
        }
    }

    /// <summary>g times the derivative of SiLU at u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope(TVector u, TVector g)
    {
        LaneFunctions<TLanes, TVector, T>.Silu(u, out var slope);
        return TLanes.Multiply(g, slope);
    }
}
