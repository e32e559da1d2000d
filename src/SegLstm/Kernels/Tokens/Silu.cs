using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Tokens;

/// <summary>x · sigmoid(x) of vectors and its slope, in two thirds of the time that they take by way of
/// <see cref="LaneFunctions{TLanes, TVector, T}.Sigmoid"/>: of e^-x they need no relative precision where it is large.</summary>
/// <remarks>Off by at most 4e-8 · (1 + |value|) in float32, 1e-16 likewise in float64, before rounding. NaN gives NaN.</remarks>
internal static class Silu<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>x · sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector x) => TLanes.Divide(x, OnePlusExpOfMinus(x));

    /// <summary>x · sigmoid(x) and sigmoid(x) (1 + x (1 - sigmoid(x))).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Value, TVector Slope) ValueAndSlope(TVector x)
    {
        var one = TLanes.Broadcast(Number<T>.Of(1));
        var sigmoid = TLanes.Divide(one, OnePlusExpOfMinus(x));
        var value = TLanes.Multiply(x, sigmoid);
        return (value, TLanes.MultiplyAdd(value, TLanes.Subtract(one, sigmoid), sigmoid));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OnePlusExpOfMinus(TVector x) => TLanes.Add(
        TLanes.Broadcast(Number<T>.Of(1)),
        LaneFunctions<TLanes, TVector, T>.Exp2(TLanes.Multiply(x, TLanes.Broadcast(Number<T>.Of(-Math.Log2(Math.E))))));
}
