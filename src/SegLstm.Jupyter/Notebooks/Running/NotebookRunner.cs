using System.Diagnostics;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>Runs a notebook's code cells in a session of their own, in this process. Notebooks run one at a time.</summary>
/// <remarks>
/// Cells tagged `skip-execution` do not run; one tagged `raises-exception` may fail; one tagged `cached` is not run again when a
/// run is resumed before which it has ended well, and its outputs are kept.
/// </remarks>
public sealed class NotebookRunner
{
    private const string SkipTag = "skip-execution";
    private const string MayFailTag = "raises-exception";
    private const string CachedTag = "cached";

    // How long a cell may take to stop when it is asked to.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The longest a cell may run; null for no limit.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Takes how far the notebook has come.</summary>
    public Action<NotebookProgress>? Progress { get; init; }

    /// <summary>Called each time a cell has ended and others follow; its argument makes the run so far, with the whole
    /// notebook.</summary>
    public Action<Func<NotebookRun>>? CellEnded { get; init; }

    /// <summary>Runs a notebook.</summary>
    /// <param name="notebook">The notebook; relative paths in its cells mean <paramref name="folder"/>.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="earlier">An earlier run to resume; null to run all.</param>
    /// <param name="interrupt">Stops the cell that runs, and with it the notebook.</param>
    public async Task<NotebookRun> RunAsync(
        NotebookDocument notebook, string folder, EarlierRun? earlier, CancellationToken interrupt)
    {
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        var session = new NotebookSession(new SessionOptions { WorkingDirectory = folder });
        // Before any cell runs: what changes meanwhile is not what these results come from.
        string inputs = earlier?.State.Inputs ?? RunInputs.Hash(notebook, folder);
        var work = new Work(this, notebook, session, earlier, inputs);
        try
        {
            return await work.RunAsync(interrupt);
        }
        finally
        {
            // The state of a cell that still runs cannot be taken away from it.
            if (work.Failure is not { IsStuck: true }) session.Dispose();
            Environment.CurrentDirectory = before;
        }
    }

    private sealed class Work(
        NotebookRunner runner, NotebookDocument notebook, NotebookSession session, EarlierRun? earlier, string inputs)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly DisplayRegistry _displays = new();
        private readonly Dictionary<int, (int Count, OutputRecorder Outputs)> _shown = [];
        private readonly Dictionary<int, CellRecord> _records = [];
        private readonly Dictionary<int, CellOutputs> _kept = [];
        private readonly List<int> _differing = [];
        private readonly NotebookCell[] _cells = [.. notebook.Cells.Where(IsProgram)];
        private bool _wasInterrupted;

        public CellFailure? Failure { get; private set; }

        public async Task<NotebookRun> RunAsync(CancellationToken interrupt)
        {
            int unchanged = earlier?.Unchanged(_cells) ?? 0;
            for (int i = 0; i < _cells.Length && Failure is null; i++)
            {
                NotebookCell cell = _cells[i];
                runner.Progress?.Invoke(new NotebookProgress(i, _cells.Length, FirstLine(cell.Source)));
                if (i < unchanged && cell.IsTagged(CachedTag) && Earlier(i) is { } result)
                {
                    _kept[cell.Index] = new CellOutputs(cell.Index, i + 1, result);
                    _records[cell.Index] = earlier!.Cells[i];
                    continue;
                }

                await RunAsync(cell, i + 1, interrupt);
                if (i < unchanged && _records[cell.Index].Outputs != earlier!.Cells[i].Outputs) _differing.Add(i + 1);
                if (Failure is null && i + 1 < _cells.Length) runner.CellEnded?.Invoke(Result);
            }

            runner.Progress?.Invoke(
                new NotebookProgress(Failure is null ? _cells.Length : _records.Count - 1, _cells.Length, ""));
            return Result();
        }

        private async Task RunAsync(NotebookCell cell, int number, CancellationToken interrupt)
        {
            var recorder = new OutputRecorder(number, _displays);
            _shown[cell.Index] = (number, recorder);
            long start = Stopwatch.GetTimestamp();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
            if (runner.CellTimeout is { } limit) stop.CancelAfter(limit);
            CellError? error = null;
            bool isStuck = false;
            try
            {
                // A cell may compute without ever giving way; this thread keeps the watch.
                Task<CellResult> running = Task.Run(
                    () => session.RunAsync(new CellRequest(cell.Source, number), recorder, stop.Token), CancellationToken.None);
                error = (await WaitAsync(running, stop.Token)).Error;
            }
            catch (TimeoutException)
            {
                isStuck = true;
                error = new CellError(CellError.Interrupted, "", []);
            }

            _wasInterrupted = interrupt.IsCancellationRequested && error is not null;
            if (error is not null && stop.IsCancellationRequested) error = Stopped(error, isStuck);
            if (error is not null) recorder.Fail(error);
            bool stops = error is not null && (stop.IsCancellationRequested || !cell.IsTagged(MayFailTag));
            if (stops) Failure = Describe(cell, number, error!, isStuck);
            _records[cell.Index] = new CellRecord(
                Hashes.Of(cell.Source), Hashes.Of(recorder.Snapshot()), Stopwatch.GetElapsedTime(start).TotalSeconds, !stops);
        }

        // Waits without limit for the cell, and a while for it to stop once it has been asked to.
        private static async Task<CellResult> WaitAsync(Task<CellResult> running, CancellationToken stop)
        {
            var asked = new TaskCompletionSource();
            await using CancellationTokenRegistration registration = stop.Register(() => asked.TrySetResult());
            await Task.WhenAny(running, asked.Task);
            return await running.WaitAsync(running.IsCompleted ? Timeout.InfiniteTimeSpan : Patience);
        }

        private CellError Stopped(CellError error, bool isStuck)
        {
            string what = _wasInterrupted ? "the run was interrupted"
                : $"the cell ran longer than {runner.CellTimeout!.Value.TotalSeconds:0.###} s";
            if (isStuck) what += $", and did not stop within {Patience.TotalSeconds:0} s of being asked to";
            string name = _wasInterrupted ? CellError.Interrupted : nameof(TimeoutException);
            return new CellError(name, what, [$"{name}: {what}", .. error.Traceback.Skip(1)], error.Line);
        }

        private NotebookRun Result()
        {
            NotebookDocument executed = notebook.WithResults(notebook.Cells.Where(IsProgram).Select(cell =>
                _kept.TryGetValue(cell.Index, out CellOutputs? kept) ? kept
                : _shown.TryGetValue(cell.Index, out (int Count, OutputRecorder Outputs) shown)
                    ? new CellOutputs(cell.Index, shown.Count, shown.Outputs.Snapshot())
                : new CellOutputs(cell.Index, null, [])));
            return new NotebookRun(executed, _records, Failure, _clock.Elapsed)
            {
                Inputs = inputs, WasInterrupted = _wasInterrupted, Differing = [.. _differing], Kept = _kept.Count,
            };
        }

        // What the earlier run stored for the code cell of the same place among those that run.
        private JsonArray? Earlier(int place) => earlier!.Executed.Cells.Where(IsProgram).ElementAtOrDefault(place)?.Outputs;

    }

    /// <summary>Whether a cell runs: a code cell with text that is not tagged `skip-execution`.</summary>
    public static bool IsProgram(NotebookCell cell) =>
        cell.Kind == CellKind.Code && !cell.IsTagged(SkipTag) && !string.IsNullOrWhiteSpace(cell.Source);

    private static CellFailure Describe(NotebookCell cell, int number, CellError error, bool isStuck)
    {
        string[] lines = cell.Source.Split('\n');
        string line = error.Line is { } at && at >= 1 && at <= lines.Length ? lines[at - 1].Trim('\r') : FirstLine(cell.Source);
        string message = error.Message.ReplaceLineEndings("\n").Split('\n')[0].Trim();
        return new CellFailure(
            cell.Index, number, error.Line, line, message.Length == 0 ? error.Name : $"{error.Name}: {message.TrimEnd('.')}",
            isStuck);
    }

    private static string FirstLine(string source) =>
        source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
}
