using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SkipGate.Cpu;

/// <summary>A range of channels of one token: a whole number of vectors.</summary>
internal static unsafe class GateTokens<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in GateToken<T> x, int from, int to)
    {
        for (nint e = from; e < to; e += TLanes.Count)
        {
            var gate = TLanes.Load(x.Z + e);
            var sum = TLanes.MultiplyAdd(TLanes.Load(x.Skip + e), TLanes.Load(x.C + e), TLanes.Load(x.H + e));
            TLanes.Store(TLanes.Multiply(sum, LaneFunctions<TLanes, TVector, T>.Silu(gate)), x.Out + e);
        }
    }

    /// <summary>Goes back; adds to the gradient of the skip's weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(in GateToken<T> x, in GateToken<T> gradients, int from, int to)
    {
        for (nint e = from; e < to; e += TLanes.Count)
        {
            var (gate, other, weight) = (TLanes.Load(x.Z + e), TLanes.Load(x.C + e), TLanes.Load(x.Skip + e));
            var sum = TLanes.MultiplyAdd(weight, other, TLanes.Load(x.H + e));
            var silu = LaneFunctions<TLanes, TVector, T>.Silu(gate, out var slope);
            var gradient = TLanes.Load(x.Out + e);
            var passed = TLanes.Multiply(gradient, silu);
            TLanes.Store(passed, gradients.H + e);
            TLanes.Store(TLanes.Multiply(passed, weight), gradients.C + e);
            TLanes.Store(TLanes.MultiplyAdd(passed, other, TLanes.Load(gradients.Skip + e)), gradients.Skip + e);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(gradient, sum), slope), gradients.Z + e);
        }
    }
}
