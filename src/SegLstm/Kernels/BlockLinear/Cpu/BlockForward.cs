using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>The forward pass: the columns of a vector of channels stay in registers while the tokens of a piece go by.</summary>
internal sealed unsafe class BlockForward<TLanes, TVector, T>(
    TokenPieces pieces, int channels, TokenRows<T> x, nint columns, nint bias, TokenRows<T> y)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
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
        T* weights = (T*)columns, added = (T*)bias;
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
            T* source = x.At(sample, from) + at, target = y.At(sample, from) + at;
            for (var t = from; t < to; t++, source += x.Step, target += y.Step)
            {
                var token = TBlocks.Load<TLanes, TVector, T>(source, count);
                var sum = TLanes.MultiplyAdd(TLanes.Spread(token, 0), w0, start);
                sum = TLanes.MultiplyAdd(TLanes.Spread(token, 1), w1, sum);
                sum = TLanes.MultiplyAdd(TLanes.Spread(token, 2), w2, sum);
                sum = TLanes.MultiplyAdd(TLanes.Spread(token, 3), w3, sum);
                TBlocks.Store<TLanes, TVector, T>(sum, target, count);
            }
        }
    }
}
