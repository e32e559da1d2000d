using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SegLstm.Experiments.Sweeps;

/// <summary>
/// Makes the runs of a sweep, each in a process of its own, so that neither threads nor crashes of one reach another. Finished
/// runs are skipped and those that were cut off go on; one that fails does not stop the others.
/// </summary>
/// <remarks>
/// A process is started in a session of its own (<c>setsid</c>), as Ctrl+C would else reach it beside the signal that it is sent
/// here, and a second signal makes <c>seglstm train</c> end without saving its state.
/// </remarks>
/// <param name="folder">Where the runs are.</param>
/// <param name="command">The words that start <c>seglstm</c>.</param>
public sealed partial class SweepRunner(SweepFolder folder, IReadOnlyList<string> command)
{
    private const int Terminate = 15;

    /// <summary>Makes runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="threads">Threads that each may use.</param>
    /// <param name="started">Is told of a run whose process has started, from any thread; may be null.</param>
    /// <param name="ended">Is told of each result, from any thread but one at a time; may be null.</param>
    /// <param name="stop">Lets the running ones save their states, and starts no more.</param>
    /// <returns>The results in the order of the runs.</returns>
    /// <exception cref="InvalidOperationException">A folder holds another run; nothing was begun.</exception>
    /// <exception cref="IOException">A folder cannot be written.</exception>
    public async Task<IReadOnlyList<SweepResult>> Run(
        IReadOnlyList<SweepRun> runs, int jobs, int threads, Action<SweepRun>? started = null, Action<SweepResult>? ended = null,
        CancellationToken stop = default)
    {
        SweepRun[] others = [.. runs.Where(run => folder.State(run) == SweepState.Other)];
        if (others.Length > 0)
        {
            throw new InvalidOperationException(
                $"{others.Length} of the folders hold runs that were told something else than this sweep says, such as "
                + $"{folder.Of(others[0])}: delete them (seglstm runs delete), or choose another folder for the sweep.");
        }

        var results = new SweepResult[runs.Count];
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, runs.Count));
        var telling = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(jobs, runs.Count)).Select(_ => Task.Run(Work))).ConfigureAwait(false);
        return results;

        async Task Work()
        {
            while (waiting.TryDequeue(out int index))
            {
                results[index] = await One(runs[index], threads, started, stop).ConfigureAwait(false);
                lock (telling) ended?.Invoke(results[index]);
            }
        }
    }

    private async Task<SweepResult> One(SweepRun run, int threads, Action<SweepRun>? started, CancellationToken stop)
    {
        if (folder.State(run) == SweepState.Finished) return Result(run, SweepOutcome.Skipped);
        if (stop.IsCancellationRequested) return Result(run, SweepOutcome.Stopped);
        string log = Path.Combine(folder.Of(run), SweepFolder.LogFile);
        using Process process = Start([.. command, .. folder.Prepare(run, threads)], log);
        started?.Invoke(run);
        using (stop.Register(() => _ = Signal(process.Id, Terminate)))
        {
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return folder.State(run) == SweepState.Finished && process.ExitCode == 0 ? Result(run, SweepOutcome.Finished)
            : stop.IsCancellationRequested ? Result(run, SweepOutcome.Stopped)
            : Result(run, SweepOutcome.Failed, $"exit code {process.ExitCode}: {LastLine(log)}");
    }

    private SweepResult Result(SweepRun run, SweepOutcome outcome, string fault = "") =>
        new(run, outcome, folder.Summary(run), fault);

    // The shell leads what is printed into the file itself: it stays when this process is killed.
    private static Process Start(IReadOnlyList<string> words, string log) => Process.Start(new ProcessStartInfo(
        "sh", ["-c", "exec setsid \"$@\" >>\"$0\" 2>&1 </dev/null", log, .. words]) { UseShellExecute = false })!;

    private static string LastLine(string log) =>
        File.ReadLines(log).LastOrDefault(line => line.Trim().Length > 0) ?? "it printed nothing";

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
