using System.Diagnostics;

namespace SegLstm.Soak;

/// <summary>
/// Kills a process of `seglstm` at moments that are drawn (kill -9), starts it again, kills it again, and compares what it leaves in
/// the end with what one leaves that is not killed.
/// </summary>
/// <param name="start">How to start `seglstm` with arguments that follow those given.</param>
/// <param name="folder">Where it works.</param>
/// <param name="seed">Draws the moments.</param>
internal sealed class KilledRuns(ProcessStartInfo start, string folder, int seed)
{
    private const int MostSteps = 6;

    // A step takes a tenth of a second; on a machine that has other work, minutes were seen.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(10);

    /// <summary>The arguments that begin a run in a folder, or go on with it.</summary>
    public required Func<string, IEnumerable<string>> Arguments { get; init; }

    /// <summary>A number that changes with each step that a run in a folder has kept.</summary>
    public required Func<string, long> Kept { get; init; }

    /// <summary>Names of what differs between a run that was not killed and another.</summary>
    public required Func<string, string, IReadOnlyList<string>> Differences { get; init; }

    /// <summary>Kills a process, or one of those that it has started; draws which.</summary>
    public Action<Process, Random> Kill { get; init; } = (process, _) => process.Kill();

    /// <summary>Runs.</summary>
    /// <param name="kills">How often a process is killed.</param>
    /// <param name="progress">Told how many were.</param>
    /// <param name="cancellation">Ends early; what is done is reported.</param>
    /// <exception cref="InvalidOperationException">The run that is not killed fails, or a process hangs.</exception>
    public CutReport Run(int kills, Action<int>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kills, 1);
        string whole = Path.Combine(folder, "whole"), run = Path.Combine(folder, "run-0");
        Finish(whole);
        var random = new Random(seed);
        var failures = new List<CutFailure>();
        int killed = 0, runs = 0, since = 0;
        while (killed < kills && !cancellation.IsCancellationRequested)
        {
            if (KillAt(run, random))
            {
                since++;
                progress?.Invoke(++killed);
                continue;
            }

            // It was quicker: a run ends, and the next one begins.
            Compare($"run {runs}, killed {since} times");
            (runs, since) = (runs + 1, 0);
            run = Path.Combine(folder, $"run-{runs}");
        }

        if (since > 0)
        {
            Compare($"run {runs}, killed {since} times");
            runs++;
        }

        return new CutReport(killed, runs, failures);

        void Compare(string where)
        {
            Finish(run);
            IReadOnlyList<string> differences = Differences(whole, run);
            if (differences.Count > 0) failures.Add(new(where, string.Join(", ", differences)));
            Directory.Delete(run, recursive: true);
        }
    }

    // Whether it was still at work when it was killed.
    private bool KillAt(string run, Random random)
    {
        using Process process = Start(run);
        int steps = random.Next(0, MostSteps + 1);
        TimeSpan later = TimeSpan.FromMilliseconds(random.Next(0, steps == 0 ? 1500 : 60));
        var clock = Stopwatch.StartNew();
        for (long seen = Kept(run); steps > 0 && !process.HasExited && clock.Elapsed < Hang;)
        {
            Thread.Sleep(2);
            if (Kept(run) is var now && now != seen) (seen, steps) = (now, steps - 1);
        }

        Thread.Sleep(later);
        bool working = !process.HasExited;
        Kill(process, random);
        process.WaitForExit();
        return clock.Elapsed < Hang ? working : throw new InvalidOperationException($"The process of {run} has kept nothing for {Hang}.");
    }

    private void Finish(string run)
    {
        using Process process = Start(run);
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(Hang) && process.ExitCode == 0) return;
        if (!process.HasExited) process.Kill();
        throw new InvalidOperationException($"What runs in {run} does not end: {error.Result}");
    }

    private Process Start(string run)
    {
        var info = new ProcessStartInfo(start.FileName)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (string argument in start.ArgumentList.Concat(Arguments(run))) info.ArgumentList.Add(argument);
        Process process = Process.Start(info)
            ?? throw new InvalidOperationException($"{start.FileName} cannot be started.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
