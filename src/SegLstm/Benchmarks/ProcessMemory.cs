using System.Globalization;
using System.Runtime.InteropServices;

namespace SegLstm.Benchmarks;

/// <summary>The memory that an action takes: resident memory on Linux, with native libraries; elsewhere what .NET
/// allocates.</summary>
public sealed partial class ProcessMemory
{
    private const string Status = "/proc/self/status", Reset = "/proc/self/clear_refs";

    // The number of <malloc.h>, and what the binding lets stay with the process.
    private const int TrimThreshold = -1, Kept = 256 << 20;

    private readonly bool isResident = File.Exists(Status) && File.Exists(Reset);
    private long before;

    /// <summary>The highest resident memory so far, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>The most that an action has in use at one time beyond what was in use before it. Memory that was freed earlier is
    /// given back first, so that it is not taken for the action's.</summary>
    /// <param name="action">The action. What runs beside it counts, too.</param>
    /// <returns>Bytes, in whole pages.</returns>
    public static long TakenBy(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        ReturnFreed();
        var memory = new ProcessMemory();
        memory.Start();
        action();
        return memory.Taken();
    }

    /// <summary>Starts counting.</summary>
    public void Start()
    {
        if (!isResident)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            return;
        }

        // 5: the highest resident memory becomes the present one.
        File.WriteAllText(Reset, "5");
        before = Resident().Now;
    }

    /// <summary>The most that was taken since then, in bytes.</summary>
    public long Taken()
    {
        if (!isResident)
        {
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var highest = Resident().Highest;
        Peak = Math.Max(Peak, highest);
        return Math.Max(0, highest - before);
    }

    private static void ReturnFreed()
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return;
            }

            // The end of a thread's own heap is given back only when something there is freed, and only what exceeds the threshold.
            if (Environment.GetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_") is null)
            {
                SetOption(TrimThreshold, 0);
                Marshal.FreeHGlobal(Marshal.AllocHGlobal(64 << 10));
                SetOption(TrimThreshold, Kept);
            }

            Trim(0);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library than GNU's: it keeps little.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    private static (long Now, long Highest) Resident()
    {
        var (now, highest) = (0L, 0L);
        foreach (var line in File.ReadLines(Status))
        {
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                highest = Kilobytes(line);
            }
            else if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                now = Kilobytes(line);
                break;
            }
        }

        return (now, Math.Max(now, highest));
    }

    private static long Kilobytes(string line) =>
        long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1],
            CultureInfo.InvariantCulture) << 10;
}
