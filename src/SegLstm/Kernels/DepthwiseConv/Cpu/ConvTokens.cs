using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>A range of channels of one token, or of four neighbours, forward.</summary>
internal static unsafe class ConvTokens<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Convolves four tokens.</summary>
    /// <param name="tile">What they read.</param>
    /// <param name="bias">One a channel; null: none.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="y">The first token's outputs.</param>
    /// <param name="step">Elements from token to token of the outputs.</param>
    /// <param name="from">The first channel.</param>
    /// <param name="to">The one behind the last: a whole number of vectors away.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(in ConvTile<T> tile, T* bias, bool silu, T* y, nint step, int from, int to)
    {
        for (nint e = from; e < to; e += TLanes.Count)
        {
            Sums(tile, bias, e, out var y0, out var y1, out var y2, out var y3);
            if (silu)
            {
                (y0, y1, y2, y3) = (Activate(y0), Activate(y1), Activate(y2), Activate(y3));
            }

            TLanes.Store(y0, y + e);
            TLanes.Store(y1, y + step + e);
            TLanes.Store(y2, y + (2 * step) + e);
            TLanes.Store(y3, y + (3 * step) + e);
        }
    }

    /// <summary>Convolves one token; parameters as <see cref="Four"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(in ConvTile<T> tile, T* bias, bool silu, T* y, int from, int to)
    {
        for (nint e = from; e < to; e += TLanes.Count)
        {
            var sum = Sum(tile, bias, e);
            TLanes.Store(silu ? Activate(sum) : sum, y + e);
        }
    }

    /// <summary>The sums of four tokens for a vector of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums(
        in ConvTile<T> tile, T* bias, nint e, out TVector y0, out TVector y1, out TVector y2, out TVector y3)
    {
        var s0 = bias == null ? TLanes.Broadcast(default) : TLanes.Load(bias + e);
        var (s1, s2, s3) = (s0, s0, s0);
        var (step, tapStep) = (tile.TokenStep, tile.TapStep);
        for (var row = tile.FromRow; row < tile.ToRow; row++)
        {
            var x = tile.SourceOf(row) + e;
            var tap = tile.Taps + tile.TapOf(row) + e;
            for (var column = tile.FromColumn; column < tile.ToColumn; column++)
            {
                var weight = TLanes.Load(tap);
                s0 = TLanes.MultiplyAdd(weight, TLanes.Load(x), s0);
                s1 = TLanes.MultiplyAdd(weight, TLanes.Load(x + step), s1);
                s2 = TLanes.MultiplyAdd(weight, TLanes.Load(x + (2 * step)), s2);
                s3 = TLanes.MultiplyAdd(weight, TLanes.Load(x + (3 * step)), s3);
                x += step;
                tap += tapStep;
            }
        }

        (y0, y1, y2, y3) = (s0, s1, s2, s3);
    }

    /// <summary>The sum of one token for a vector of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sum(in ConvTile<T> tile, T* bias, nint e)
    {
        var sum = bias == null ? TLanes.Broadcast(default) : TLanes.Load(bias + e);
        for (var row = tile.FromRow; row < tile.ToRow; row++)
        {
            var x = tile.SourceOf(row) + e;
            var tap = tile.Taps + tile.TapOf(row) + e;
            for (var column = tile.FromColumn; column < tile.ToColumn; column++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(tap), TLanes.Load(x), sum);
                x += tile.TokenStep;
                tap += tile.TapStep;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Activate(TVector x) => LaneFunctions<TLanes, TVector, T>.Silu(x);
}
