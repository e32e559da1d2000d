using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>The causal convolution of rows of tokens, vectors along the tokens. A row is copied between zeros first, so that no
/// token is a special case: the copy stays in the cache.</summary>
internal sealed unsafe class ChannelPass<TLanes, TVector, T>(
    ChannelShape shape, TokenRows<T> inputs, nint weight, nint bias, bool silu)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
{
    // Whole vectors, so that the row between lies as the memory does.
    private readonly int margin = (shape.Taps - 1 + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
    private readonly int length = (shape.Tokens + TLanes.Count - 1) / TLanes.Count * TLanes.Count;

    private int RowVectors => (length + (2 * margin)) / TLanes.Count;

    /// <summary>Convolves a piece of the channels.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="outputs">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int piece, TokenRows<T> outputs)
    {
        var (sample, from, to) = shape.PieceAt(piece);
        using var scratch = new Scratch<T>((2L * RowVectors) + shape.Taps, 3, TLanes.Count);
        var x = scratch.TakeCleared(RowVectors) + margin;
        var y = scratch.Take(RowVectors);
        var taps = scratch.Take(shape.Taps);
        for (var channel = from; channel < to; channel++)
        {
            new ReadOnlySpan<T>(inputs.At(sample, channel), shape.Tokens).CopyTo(new Span<T>(x, shape.Tokens));
            SpreadTaps(channel, taps, turned: false);
            Convolve(x - shape.Before, taps, BiasOf(channel), silu, y);
            new ReadOnlySpan<T>(y, shape.Tokens).CopyTo(new Span<T>(outputs.At(sample, channel), shape.Tokens));
        }
    }

    /// <summary>Goes back through a piece of the channels.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="outGradients">Gradients of the outputs.</param>
    /// <param name="gradients">Of the inputs.</param>
    /// <param name="sums">Of taps and bias, <c>(B, E, K + 1)</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(int piece, TokenRows<T> outGradients, TokenRows<T> gradients, nint sums)
    {
        var (sample, from, to) = shape.PieceAt(piece);
        var sumsOfRow = shape.Taps + 1;
        using var scratch = new Scratch<T>(
            (3L * RowVectors) + shape.Taps + ((long)(to - from) * sumsOfRow), 5, TLanes.Count);
        var x = scratch.TakeCleared(RowVectors) + margin;
        var d = scratch.TakeCleared(RowVectors) + margin;
        var y = scratch.Take(RowVectors);
        var taps = scratch.Take(shape.Taps);
        var lanes = scratch.Take((to - from) * sumsOfRow);
        for (var channel = from; channel < to; channel++)
        {
            new ReadOnlySpan<T>(inputs.At(sample, channel), shape.Tokens).CopyTo(new Span<T>(x, shape.Tokens));
            new ReadOnlySpan<T>(outGradients.At(sample, channel), shape.Tokens).CopyTo(new Span<T>(d, shape.Tokens));
            if (silu)
            {
                SpreadTaps(channel, taps, turned: false);
                Convolve(x - shape.Before, taps, BiasOf(channel), false, y);
                TimesSlope(y, d);
            }

            SumTaps(x - shape.Before, d, lanes + ((channel - from) * sumsOfRow * TLanes.Count));
            SpreadTaps(channel, taps, turned: true);
            Convolve(d - (shape.Taps - 1 - shape.Before), taps, T.Zero, false, y);
            new ReadOnlySpan<T>(y, shape.Tokens).CopyTo(new Span<T>(gradients.At(sample, channel), shape.Tokens));
        }

        Tiles.Sum(
            lanes, TLanes.Count, (to - from) * sumsOfRow,
            (T*)sums + ((((nint)sample * shape.Channels) + from) * sumsOfRow));
    }

    private T BiasOf(int channel) => bias == 0 ? T.Zero : ((T*)bias)[channel];

    /// <summary>A vector a tap, in the order of reading or in the opposite one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SpreadTaps(int channel, T* taps, bool turned)
    {
        for (var place = 0; place < shape.Taps; place++)
        {
            var tap = shape.TapAt(turned ? shape.Taps - 1 - place : place);
            TLanes.Store(TLanes.Broadcast(((T*)weight)[((nint)channel * shape.Taps) + tap]), taps + (place * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Convolve(T* x, T* taps, T offset, bool activate, T* y)
    {
        var count = shape.Taps;
        for (var t = 0; t < length; t += TLanes.Count)
        {
            var sum = TLanes.Broadcast(offset);
            for (var place = 0; place < count; place++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(taps + (place * TLanes.Count)), TLanes.Load(x + t + place), sum);
            }

            TLanes.Store(activate ? LaneFunctions<TLanes, TVector, T>.Silu(sum) : sum, y + t);
        }
    }

    /// <summary>d times the slope of SiLU at u. What d is behind the last token stays 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TimesSlope(T* u, T* d)
    {
        for (var t = 0; t < length; t += TLanes.Count)
        {
            TLanes.Store(ConvTokensBackward<TLanes, TVector, T>.Slope(TLanes.Load(u + t), TLanes.Load(d + t)), d + t);
        }
    }

    /// <summary>Lanes' sums over the tokens of d times what each tap reads, in the parameters' order, and of d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumTaps(T* x, T* d, T* lanes)
    {
        var total = TLanes.Broadcast(T.Zero);
        for (var t = 0; t < length; t += TLanes.Count)
        {
            total = TLanes.Add(total, TLanes.Load(d + t));
        }

        TLanes.Store(total, lanes + (shape.Taps * TLanes.Count));
        for (var place = 0; place < shape.Taps; place++)
        {
            var (even, odd) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
            var t = 0;
            for (; t + TLanes.Count < length; t += 2 * TLanes.Count)
            {
                even = TLanes.MultiplyAdd(TLanes.Load(d + t), TLanes.Load(x + t + place), even);
                odd = TLanes.MultiplyAdd(
                    TLanes.Load(d + t + TLanes.Count), TLanes.Load(x + t + TLanes.Count + place), odd);
            }

            if (t < length)
            {
                even = TLanes.MultiplyAdd(TLanes.Load(d + t), TLanes.Load(x + t + place), even);
            }

            TLanes.Store(TLanes.Add(even, odd), lanes + (shape.TapAt(place) * TLanes.Count));
        }
    }
}
