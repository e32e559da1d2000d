using System.Runtime.InteropServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Large pages for memory that the C library mostly gets from the system each time, as the door to libtorch asks for them
/// for tensors.</summary>
internal static unsafe partial class LargePages
{
    // As for tensors.
    private const long Least = 4 << 20;

    // MADV_HUGEPAGE.
    private const int Advice = 14;

    /// <summary>Asks for them, where the block is large and the system is Linux; where there are none, nothing changes.</summary>
    /// <param name="block">The block, which nobody has written to yet.</param>
    /// <param name="bytes">Its size.</param>
    public static void AskFor(void* block, long bytes)
    {
        if (bytes >= Least && OperatingSystem.IsLinux())
        {
            var page = (nuint)Environment.SystemPageSize;
            Advise((void*)(((nuint)block + page - 1) & ~(page - 1)), (nuint)bytes - page, Advice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
