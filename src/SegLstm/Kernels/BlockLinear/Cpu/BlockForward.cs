using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>The forward pass. A few tokens at a time go by all columns: memory is read ahead along tokens, not across them, and the
/// columns of a vector of channels serve all of these tokens.</summary>
internal sealed unsafe class BlockForward<TLanes, TVector, T>(
    TokenPieces pieces, int channels, TokenRows<T> x, nint columns, nint bias, TokenRows<T> y)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    private const int Together = 4;

    /// <summary>Maps the tokens of a piece.</summary>
    public void Run(int piece)
    {
        var (sample, from, to) = pieces.Of(piece);
        Run(sample, from, to);
    }

    /// <summary>Maps consecutive tokens of a sample.</summary>
    public void Run(int sample, int from, int to)
    {
        if (channels < TLanes.Count)
        {
            Run<PartVectors>(sample, from, to);
        }
        else
        {
            Run<WholeVectors>(sample, from, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TBlocks>(int sample, int from, int to)
        where TBlocks : IBlockVectors
    {
        var t = from;
        for (; t + Together <= to; t += Together)
        {
            Tokens<TBlocks>(x.At(sample, t), y.At(sample, t), Together);
        }

        for (; t < to; t++)
        {
            Tokens<TBlocks>(x.At(sample, t), y.At(sample, t), 1);
        }
    }

    /// <summary>Maps four tokens, or one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tokens<TBlocks>(T* first, T* firstTarget, int tokens)
        where TBlocks : IBlockVectors
    {
        T* weights = (T*)columns, added = (T*)bias;
        nint step = x.Step, targetStep = y.Step;
        for (var channel = 0; channel < channels; channel += TLanes.Count)
        {
            // The last vector begins earlier where the channels are no whole vectors; fewer than one are filled up.
            var count = Math.Min(channels, TLanes.Count);
            var at = Math.Min(channel, channels - count);
            var w0 = TBlocks.Load<TLanes, TVector, T>(weights + at, count);
            var w1 = TBlocks.Load<TLanes, TVector, T>(weights + channels + at, count);
            var w2 = TBlocks.Load<TLanes, TVector, T>(weights + (2 * channels) + at, count);
            var w3 = TBlocks.Load<TLanes, TVector, T>(weights + (3 * channels) + at, count);
            var start = added is null ? default : TBlocks.Load<TLanes, TVector, T>(added + at, count);
            T* source = first + at, target = firstTarget + at;
            for (var token = 0; token < tokens; token++, source += step, target += targetStep)
            {
                var numbers = TBlocks.Load<TLanes, TVector, T>(source, count);
                var sum = TLanes.MultiplyAdd(TLanes.Spread(numbers, 0), w0, start);
                sum = TLanes.MultiplyAdd(TLanes.Spread(numbers, 1), w1, sum);
                sum = TLanes.MultiplyAdd(TLanes.Spread(numbers, 2), w2, sum);
                sum = TLanes.MultiplyAdd(TLanes.Spread(numbers, 3), w3, sum);
                TBlocks.Store<TLanes, TVector, T>(sum, target, count);
            }
        }
    }
}
