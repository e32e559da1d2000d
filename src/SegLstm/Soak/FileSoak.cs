using System.Diagnostics;
using SegLstm.Benchmarks;

namespace SegLstm.Soak;

/// <summary>
/// Gives the readers of checkpoints and rasters one changed file after the other, for as long as one likes, and keeps those that
/// they do not withstand: an exception that is no refusal, more than <see cref="MostTime"/> (for files of the user, beyond what
/// the undamaged file takes), more memory than the file's size and <see cref="MostMemory"/>.
/// </summary>
/// <remarks>Time and memory are measured again twice where they are too much, since a machine may pause.</remarks>
public static class FileSoak
{
    /// <summary>What an input may take.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(100);

    /// <summary>What an input may take beyond its own size, in bytes.</summary>
    public const long MostMemory = 64L << 20;

    private const int Tries = 3;

    private const string MemoryFolder = "/dev/shm";

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    /// <summary>Runs.</summary>
    /// <param name="options">How long and with what.</param>
    /// <param name="cancellation">Ends the run early; what is done is reported.</param>
    /// <exception cref="ArgumentException">A given file is of no kind that is read.</exception>
    public static SoakReport Run(SoakOptions options, CancellationToken cancellation = default)
    {
        // In memory where there is such a folder: a disk takes ten times as long with a file as its reader.
        var parent = Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath();
        var temporary = Directory.CreateDirectory(Path.Combine(parent, $"seglstm-soak-{Environment.ProcessId}")).FullName;
        try
        {
            return Run(options, SoakSeeds.Targets(temporary, options.Files), temporary, cancellation);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>Runs with any targets.</summary>
    internal static SoakReport Run(SoakOptions options, IReadOnlyList<SoakTarget> targets, string temporary,
        CancellationToken cancellation)
    {
        var tallies = targets.Select(target => new SoakTally(target.Name)).ToArray();
        var failures = new List<SoakFailure>();
        var memory = new ProcessMemory();
        foreach (var target in targets)
        {
            MeasureGiven(target, temporary);
        }

        var clock = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        var began = 0L;
        var current = "";
        using var watch = new Timer(_ =>
        {
            if (Interlocked.Read(ref began) is var start and not 0 && Stopwatch.GetElapsedTime(start) > Hang)
            {
                options.Hung?.Invoke(Keep(options, Volatile.Read(ref current), "hang"));
            }
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        for (var i = 0L; clock.Elapsed < options.Duration && !cancellation.IsCancellationRequested; i++)
        {
            var (target, tally) = (targets[(int)(i % targets.Count)], tallies[i % targets.Count]);
            var path = Path.Combine(temporary, $"seed{options.Seed}-input{i}{target.Extension}");
            var input = target.Input(new Random(unchecked((options.Seed * 1_000_003) + (int)i)), out var seed);
            File.WriteAllBytes(path, input);
            Volatile.Write(ref current, path);
            Interlocked.Exchange(ref began, Stopwatch.GetTimestamp());
            var what = Feed(target, tally, path, input.Length, MostTime + seed.Own, memory);
            Interlocked.Exchange(ref began, 0);
            if (what is not null)
            {
                failures.Add(new SoakFailure(target.Name, what, Keep(options, path, target.Name)));
            }

            File.Delete(path);
            if (clock.Elapsed - told > TimeSpan.FromSeconds(1))
            {
                told = clock.Elapsed;
                options.Progress?.Invoke(i + 1);
            }
        }

        return new SoakReport(tallies, failures, clock.Elapsed, memory.Peak);
    }

    /// <summary>Reads one input, up to three times, and says what is wrong with how it was read.</summary>
    private static string? Feed(
        SoakTarget target, SoakTally tally, string path, long length, TimeSpan mostTime, ProcessMemory memory)
    {
        var (time, taken) = (TimeSpan.MaxValue, long.MaxValue);
        tally.Inputs++;
        for (var attempt = 0; attempt < Tries && (time > mostTime || taken > length + MostMemory); attempt++)
        {
            if (attempt > 0)
            {
                // Gives memory back to the system: what the last try took would be at hand for this one.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            memory.Start();
            var start = Stopwatch.GetTimestamp();
            try
            {
                tally.Accepted += target.Read(path) && attempt == 0 ? 1 : 0;
            }
            catch (Exception fault)
            {
                return $"{fault.GetType().Name}: {fault.Message}";
            }

            time = TimeSpan.FromTicks(Math.Min(time.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
            taken = Math.Min(taken, memory.Taken());
        }

        tally.Slowest = time > tally.Slowest ? time : tally.Slowest;
        tally.MostMemory = Math.Max(tally.MostMemory, taken - length);
        List<string> faults = [];
        if (time > mostTime) faults.Add($"{time.TotalMilliseconds:0} ms");
        if (taken > length + MostMemory) faults.Add($"{taken >> 20} MiB of memory for {length} bytes");
        return faults.Count > 0 ? $"{string.Join(" and ", faults)}, three times" : null;
    }

    /// <summary>Reads each good file: the first of a kind loads libraries, and those of the user take their own time.</summary>
    private static void MeasureGiven(SoakTarget target, string temporary)
    {
        foreach (var seed in target.Seeds)
        {
            var path = Path.Combine(temporary, "good" + target.Extension);
            File.WriteAllBytes(path, seed.Bytes);
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var start = Stopwatch.GetTimestamp();
                target.Read(path);
                var time = Stopwatch.GetElapsedTime(start);
                seed.Own = !seed.IsGiven ? TimeSpan.Zero : attempt == 0 || time < seed.Own ? time : seed.Own;
            }

            File.Delete(path);
        }
    }

    private static string Keep(SoakOptions options, string path, string kind)
    {
        Directory.CreateDirectory(options.Folder);
        var kept = Path.Combine(options.Folder, $"{kind.Replace(", ", "-", StringComparison.Ordinal)}-{Path.GetFileName(path)}");
        File.Copy(path, kept, overwrite: true);
        return kept;
    }
}
