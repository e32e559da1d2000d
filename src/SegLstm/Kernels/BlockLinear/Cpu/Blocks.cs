using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>Vectors of whole blocks, of which there may be fewer than fill one.</summary>
internal static unsafe class Blocks
{
    /// <summary>Reads a vector, or what there is of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TLanes, TVector, T>(T* source, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged => count == TLanes.Count ? TLanes.Load(source) : Part<TVector, T>(source, count);

    /// <summary>Writes a vector, or as much as there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TVector, T>(TVector x, T* target, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        if (count == TLanes.Count)
        {
            TLanes.Store(x, target);
        }
        else
        {
            Unsafe.CopyBlockUnaligned(target, &x, (uint)(count * sizeof(T)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TVector Part<TVector, T>(T* source, int count)
        where TVector : unmanaged
        where T : unmanaged
    {
        TVector x = default;
        Unsafe.CopyBlockUnaligned(&x, source, (uint)(count * sizeof(T)));
        return x;
    }
}
