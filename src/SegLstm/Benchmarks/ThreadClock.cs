using System.Runtime.InteropServices;

namespace SegLstm.Benchmarks;

/// <summary>The processor's time of the thread that asks: what the process's other threads do is none of it, such as those that were
/// awake for a computation on several and wait for the next.</summary>
internal static partial class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID.
    private const int OwnTime = 3;

    /// <summary>Nanoseconds since the thread began.</summary>
    public static double Nanoseconds =>
        ReadClock(OwnTime, out var time) == 0
            ? (time.Seconds * 1e9) + time.Nanoseconds
            : throw new PlatformNotSupportedException("Expected a clock of the thread's processor time, got none from the system.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out Timespec time);

    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
