using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>What becomes of memory that tensors give back.</summary>
/// <remarks>
/// The C library returns free memory at the heap's end to the system as soon as there is about twice as much of it as its largest
/// block: with models that is after every few operators, and the next ones get it back page by page, each cleared first. A ViL block
/// on 1,024 tokens took 1,600 such pages a pass, a fifth of its time. So more may stay with the process.
/// </remarks>
internal static partial class NativeHeap
{
    // Names and numbers of <malloc.h>.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    // The largest that the C library takes: blocks of this size are given back at once, as before.
    private const int LargestBlock = 32 << 20;

    private const int Kept = 256 << 20;

    private static readonly string[] Choices = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"];

    /// <summary>Lets free memory stay with the process, up to 256 MiB. A user's own choice stands.</summary>
    /// <returns>Whether it will.</returns>
    internal static bool KeepFreed()
    {
        if (Array.Exists(Choices, name => NativeEnvironment.Get(name) is not null)) return false;

        try
        {
            return Set(MmapThreshold, LargestBlock) != 0 && Set(TrimThreshold, Kept) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library: it has rules of its own.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
