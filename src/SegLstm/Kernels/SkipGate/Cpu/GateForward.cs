using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.SkipGate.Cpu;

/// <summary>The forward pass.</summary>
internal sealed unsafe class GateForward<TLanes, TVector, T>(
    TokenPieces pieces, int channels, TokenRows<T> h, TokenRows<T> c, nint skip, TokenRows<T> z, TokenRows<T> outputs)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    private readonly int whole = channels / TLanes.Count * TLanes.Count;

    /// <summary>Gates a piece of the tokens.</summary>
    public void Run(int piece)
    {
        var (sample, from, to) = pieces.Of(piece);
        Run(sample, from, to);
    }

    /// <summary>Gates consecutive tokens of a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int sample, int from, int to)
    {
        for (var t = from; t < to; t++)
        {
            var token = new GateToken<T>
            {
                H = h.At(sample, t), C = c.At(sample, t), Skip = (T*)skip, Z = z.At(sample, t), Out = outputs.At(sample, t),
            };
            GateTokens<TLanes, TVector, T>.Forward(token, 0, whole);
            GateTokens<SingleLane<T>, Vector128<T>, T>.Forward(token, whole, channels);
        }
    }
}
