using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>Vectors that all blocks together do not fill.</summary>
internal readonly unsafe struct PartVectors : IBlockVectors
{
    /// <inheritdoc/>
    public static TVector Load<TLanes, TVector, T>(T* source, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        TVector x = default;
        Unsafe.CopyBlockUnaligned(&x, source, (uint)(count * sizeof(T)));
        return x;
    }

    /// <inheritdoc/>
    public static void Store<TLanes, TVector, T>(TVector x, T* target, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged => Unsafe.CopyBlockUnaligned(target, &x, (uint)(count * sizeof(T)));
}
