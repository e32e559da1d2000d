using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>The backward pass up to the gradients of the sums and of the taps; that of the inputs is then a forward pass with the
/// transposed shape.</summary>
internal sealed unsafe class ConvBackward<TLanes, TVector, T>(
    ConvShape shape, TokenRows<T> inputs, nint taps, nint bias, bool silu, TokenRows<T> outGradients, TokenRows<T> sumGradients,
    nint partSums)
    : ConvPass<TLanes, TVector, T>(shape, inputs, taps)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(in ConvTile<T> tile, bool four, int piece, int sample, int token)
    {
        var channels = Shape.Channels;
        // Of each piece the gradients of the taps, then that of the bias.
        var part = (T*)partSums + ((nint)piece * (Shape.Taps + 1) * channels);
        var target = new ConvGradients<T>
        {
            Bias = (T*)bias, Silu = silu,
            Out = outGradients.At(sample, token), OutStep = outGradients.Step,
            Sum = sumGradients.At(sample, token), SumStep = sumGradients.Step,
            TapSums = part + FirstTap, BiasSums = part + ((nint)Shape.Taps * channels),
        };
        if (four)
        {
            ConvTokensBackward<TLanes, TVector, T>.Four(tile, target, 0, WholeVectors);
            ConvTokensBackward<SingleLane<T>, Vector128<T>, T>.Four(tile, target, WholeVectors, channels);
        }
        else
        {
            ConvTokensBackward<TLanes, TVector, T>.One(tile, target, 0, WholeVectors);
            ConvTokensBackward<SingleLane<T>, Vector128<T>, T>.One(tile, target, WholeVectors, channels);
        }
    }
}
