using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>The forward pass.</summary>
internal sealed unsafe class ConvForward<TLanes, TVector, T>(
    ConvShape shape, TokenRows<T> inputs, nint taps, nint bias, bool silu, TokenRows<T> outputs)
    : ConvPass<TLanes, TVector, T>(shape, inputs, taps)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Tile(in ConvTile<T> tile, bool four, int piece, int sample, int token)
    {
        var y = outputs.At(sample, token);
        if (four)
        {
            ConvTokens<TLanes, TVector, T>.Four(tile, (T*)bias, silu, y, outputs.Step, 0, WholeVectors);
            ConvTokens<SingleLane<T>, Vector128<T>, T>.Four(
                tile, (T*)bias, silu, y, outputs.Step, WholeVectors, Shape.Channels);
        }
        else
        {
            ConvTokens<TLanes, TVector, T>.One(tile, (T*)bias, silu, y, 0, WholeVectors);
            ConvTokens<SingleLane<T>, Vector128<T>, T>.One(tile, (T*)bias, silu, y, WholeVectors, Shape.Channels);
        }
    }
}
