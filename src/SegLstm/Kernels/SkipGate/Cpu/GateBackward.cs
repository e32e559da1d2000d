using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.SkipGate.Cpu;

/// <summary>The backward pass. Each piece adds up a gradient <c>(E)</c> of the skip's weights of its own.</summary>
internal sealed unsafe class GateBackward<TLanes, TVector, T>(
    TokenPieces pieces, int channels, TokenRows<T> h, TokenRows<T> c, nint skip, TokenRows<T> z, TokenRows<T> outGradients,
    TokenRows<T> hGradients, TokenRows<T> cGradients, nint partSums, TokenRows<T> zGradients)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    private readonly int whole = channels / TLanes.Count * TLanes.Count;

    /// <summary>Goes back through a piece of the tokens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int piece)
    {
        var (sample, from, to) = pieces.Of(piece);
        for (var t = from; t < to; t++)
        {
            var token = new GateToken<T>
            {
                H = h.At(sample, t), C = c.At(sample, t), Skip = (T*)skip, Z = z.At(sample, t), Out = outGradients.At(sample, t),
            };
            var gradients = new GateToken<T>
            {
                H = hGradients.At(sample, t), C = cGradients.At(sample, t), Skip = (T*)partSums + ((nint)piece * channels),
                Z = zGradients.At(sample, t),
            };
            GateTokens<TLanes, TVector, T>.Backward(token, gradients, 0, whole);
            GateTokens<SingleLane<T>, Vector128<T>, T>.Backward(token, gradients, whole, channels);
        }
    }
}
