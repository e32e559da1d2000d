using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>Vectors that blocks fill.</summary>
internal readonly unsafe struct WholeVectors : IBlockVectors
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TLanes, TVector, T>(T* source, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged => TLanes.Load(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TVector, T>(TVector x, T* target, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged => TLanes.Store(x, target);
}
