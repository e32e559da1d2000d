using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>The backward pass, which writes the gradient of x or adds it to what is there. Each piece has sums <c>(5, E)</c> of its
/// own: of the four columns and the bias.</summary>
internal sealed unsafe class BlockBackward<TLanes, TVector, T>(
    TokenPieces pieces, int channels, TokenRows<T> x, nint transposed, TokenRows<T> outGradients, TokenRows<T> xGradients,
    bool adds, nint partSums)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Goes back through the tokens of a piece.</summary>
    public void Run(int piece)
    {
        if (channels < TLanes.Count)
        {
            Run<PartVectors>(piece);
        }
        else
        {
            Run<WholeVectors>(piece);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TBlocks>(int piece)
        where TBlocks : IBlockVectors
    {
        var (sample, from, to) = pieces.Of(piece);
        T* weights = (T*)transposed, sums = (T*)partSums + ((nint)piece * (BlockLinearFunction.Block + 1) * channels);
        for (var channel = 0; channel < channels; channel += TLanes.Count)
        {
            // As forward. What two vectors share is computed twice, to the same end.
            var count = Math.Min(channels, TLanes.Count);
            var at = Math.Min(channel, channels - count);
            var w0 = TBlocks.Load<TLanes, TVector, T>(weights + at, count);
            var w1 = TBlocks.Load<TLanes, TVector, T>(weights + channels + at, count);
            var w2 = TBlocks.Load<TLanes, TVector, T>(weights + (2 * channels) + at, count);
            var w3 = TBlocks.Load<TLanes, TVector, T>(weights + (3 * channels) + at, count);
            TVector d0 = default, d1 = default, d2 = default, d3 = default, sum = default;
            T* source = x.At(sample, from) + at, upstream = outGradients.At(sample, from) + at;
            var target = xGradients.At(sample, from) + at;
            for (var t = from; t < to; t++, source += x.Step, upstream += outGradients.Step, target += xGradients.Step)
            {
                var token = TBlocks.Load<TLanes, TVector, T>(source, count);
                var g = TBlocks.Load<TLanes, TVector, T>(upstream, count);
                sum = TLanes.Add(sum, g);
                d0 = TLanes.MultiplyAdd(TLanes.Spread(token, 0), g, d0);
                d1 = TLanes.MultiplyAdd(TLanes.Spread(token, 1), g, d1);
                d2 = TLanes.MultiplyAdd(TLanes.Spread(token, 2), g, d2);
                d3 = TLanes.MultiplyAdd(TLanes.Spread(token, 3), g, d3);
                var dx = TLanes.Multiply(TLanes.Spread(g, 0), w0);
                dx = TLanes.MultiplyAdd(TLanes.Spread(g, 1), w1, dx);
                dx = TLanes.MultiplyAdd(TLanes.Spread(g, 2), w2, dx);
                dx = TLanes.MultiplyAdd(TLanes.Spread(g, 3), w3, dx);
                dx = adds ? TLanes.Add(dx, TBlocks.Load<TLanes, TVector, T>(target, count)) : dx;
                TBlocks.Store<TLanes, TVector, T>(dx, target, count);
            }

            TBlocks.Store<TLanes, TVector, T>(d0, sums + at, count);
            TBlocks.Store<TLanes, TVector, T>(d1, sums + channels + at, count);
            TBlocks.Store<TLanes, TVector, T>(d2, sums + (2 * channels) + at, count);
            TBlocks.Store<TLanes, TVector, T>(d3, sums + (3 * channels) + at, count);
            TBlocks.Store<TLanes, TVector, T>(sum, sums + (4 * channels) + at, count);
        }
    }
}
