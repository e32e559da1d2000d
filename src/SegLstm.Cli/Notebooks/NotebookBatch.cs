using System.Diagnostics;
using SegLstm.Cli.Output;
using SegLstm.Jupyter.Notebooks.Running;

namespace SegLstm.Cli.Notebooks;

/// <summary>Runs notebooks one after the other and says how each went.</summary>
internal sealed class NotebookBatch(ResultFolder results, TimeSpan? timeout, bool resume, CancellationToken interrupt)
{
    // What an ended process loses at most, in time; writing large outputs after each short cell would cost more than the cells.
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(2);

    // Cells lead the console to themselves; these are the process's own.
    private readonly TextWriter _console = Console.Out;
    private readonly TextWriter _errors = Console.Error;

    /// <summary>Runs them all.</summary>
    /// <returns>How many failed.</returns>
    /// <exception cref="OperationCanceledException">The user stopped the run; what was done is written.</exception>
    public int Run(IReadOnlyList<NotebookFile> notebooks)
    {
        HashSet<string> pages = [.. notebooks.Select(notebook => notebook.Name)];
        int failed = 0;
        foreach (NotebookFile notebook in notebooks)
        {
            NotebookRun run = Run(notebook);
            results.Write(notebook.Name, notebook.Folder, run, pages);
            results.WriteIndex();
            if (run.WasInterrupted) throw new OperationCanceledException(interrupt);
            if (run.Failure is not { } failure) continue;
            failed++;
            _errors.WriteLine($"seglstm: {notebook.Path}: {failure}");
            // A cell that cannot be stopped would disturb the notebooks behind it.
            if (failure.IsStuck) break;
        }

        _console.WriteLine(
            $"wrote {results.IndexPath}{(failed == 0 ? "" : $"; {failed} of {notebooks.Count} notebooks failed")}");
        return failed;
    }

    private NotebookRun Run(NotebookFile notebook)
    {
        EarlierRun? earlier = resume ? results.Earlier(notebook.Name, notebook.Document, notebook.Folder) : null;
        if (earlier is not null && ResultFolder.Carry(notebook.Document, earlier) is { } unchanged)
        {
            _console.WriteLine($"{notebook.Path}: finished before, unchanged");
            return unchanged;
        }

        int total = notebook.Document.Cells.Count(NotebookRunner.IsProgram);
        NotebookRun run = ProgressDisplay.Run(notebook.Name, total, report => Run(notebook, earlier, report));
        Summarize(notebook, run);
        return run;
    }

    private NotebookRun Run(NotebookFile notebook, EarlierRun? earlier, Action<long, string> report)
    {
        long written = Stopwatch.GetTimestamp();
        var runner = new NotebookRunner
        {
            CellTimeout = timeout,
            Progress = progress => report(progress.Done, progress.Line.Length > 60 ? progress.Line[..59] + "…" : progress.Line),
            CellEnded = run =>
            {
                if (Stopwatch.GetElapsedTime(written) < WriteInterval) return;
                results.WriteUnfinished(notebook.Name, notebook.Folder, run());
                written = Stopwatch.GetTimestamp();
            },
        };
        return runner.RunAsync(notebook.Document, notebook.Folder, earlier, interrupt).GetAwaiter().GetResult();
    }

    private void Summarize(NotebookFile notebook, NotebookRun run)
    {
        string kept = run.Kept == 0 ? "" : $", {run.Kept} kept from the last run";
        string outcome = run.Failure is null ? "" : ", did not finish";
        _console.WriteLine($"{notebook.Path}: {run.Cells.Count} code cells in {Durations.Readable(run.Duration)}{kept}{outcome}");
        if (run.Differing.Count > 0)
        {
            string numbers = string.Join(", ", run.Differing.Select(n => $"[{n}]"));
            _console.WriteLine($"  unchanged cells that gave another result than in the last run: {numbers}");
        }
    }
}
