using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Kernels.Simd;

/// <summary>Asks for memory that will be read soon, so that it comes while something else is computed.</summary>
internal static unsafe class Prefetching
{
    private const int Line = 64;

    /// <summary>Asks for some elements; any address is allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask<T>(T* start, int elements)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            for (var at = 0; at < elements * sizeof(T); at += Line)
            {
                Sse.Prefetch1((byte*)start + at);
            }
        }
    }
}
