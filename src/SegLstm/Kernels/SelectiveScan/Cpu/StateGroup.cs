using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>How many states a loop over tokens takes at once: known when a kernel is compiled.</summary>
/// <typeparam name="TGroup">A vector of each state.</typeparam>
/// <typeparam name="TVector">A vector of channels.</typeparam>
/// <typeparam name="T">The element.</typeparam>
internal unsafe interface IStateGroup<TGroup, TVector, T>
    where TGroup : unmanaged
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>States.</summary>
    static abstract int Count { get; }

    /// <summary>The same for every state.</summary>
    static abstract TGroup Repeat(TVector x);

    /// <summary>A number for each state, the same in all its lanes.</summary>
    static abstract TGroup Broadcast(T* numbers);

    /// <summary>Σ x·y over the states, added to z.</summary>
    static abstract TVector SumProducts(TGroup x, TGroup y, TVector z);

    /// <summary>The greatest of x and y; NaN where one of x is, or not.</summary>
    static abstract TVector Largest(TGroup x, TVector y);
}

/// <summary>Four states, which share what is read and written for each token.</summary>
internal readonly unsafe struct FourStates<TLanes, TVector, T> : IStateGroup<Four<TVector>, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    public static int Count => ScanShape.StatesTogether;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Repeat(TVector x) => new(x, x, x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Broadcast(T* numbers) => new(
        TLanes.Broadcast(numbers[0]), TLanes.Broadcast(numbers[1]), TLanes.Broadcast(numbers[2]), TLanes.Broadcast(numbers[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SumProducts(Four<TVector> x, Four<TVector> y, TVector z) => TLanes.MultiplyAdd(
        x.D, y.D, TLanes.MultiplyAdd(x.C, y.C, TLanes.MultiplyAdd(x.B, y.B, TLanes.MultiplyAdd(x.A, y.A, z))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Largest(Four<TVector> x, TVector y) =>
        TLanes.AtLeast(TLanes.AtLeast(TLanes.AtLeast(x.A, x.B), TLanes.AtLeast(x.C, x.D)), y);
}

/// <summary>One state, where fewer than four are left.</summary>
internal readonly unsafe struct OneState<TLanes, TVector, T> : IStateGroup<TVector, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Repeat(TVector x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Broadcast(T* numbers) => TLanes.Broadcast(*numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SumProducts(TVector x, TVector y, TVector z) => TLanes.MultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Largest(TVector x, TVector y) => TLanes.AtLeast(x, y);
}
