using System.Globalization;

namespace SegLstm.Soak;

/// <summary>The memory that an action takes: resident memory on Linux, with native libraries; elsewhere what .NET
/// allocates.</summary>
internal sealed class ProcessMemory
{
    private const string Status = "/proc/self/status", Reset = "/proc/self/clear_refs";

    private readonly bool isResident = File.Exists(Status) && File.Exists(Reset);
    private long before;

    /// <summary>The highest resident memory so far, in bytes.</summary>
    public long Peak { get; private set; }

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
