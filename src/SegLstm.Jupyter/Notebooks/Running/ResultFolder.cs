using SegLstm.Jupyter.Files;
using SegLstm.Jupyter.Notebooks.Pages;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>
/// The folder that runs write into: of each notebook `NAME.ipynb` with its outputs, its page `NAME.html` and `.state/NAME.json`,
/// and of all of them the list `index.html`.
/// </summary>
/// <param name="path">The folder; it is made where it is missing.</param>
/// <param name="madeBy">What pages say they were made by.</param>
public sealed class ResultFolder(string path, string madeBy)
{
    private const string Index = "index.html";

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>The executed notebook.</summary>
    /// <param name="name">The notebook's file name without `.ipynb`.</param>
    public string Notebook(string name) => Path.Combine(_path, name + ".ipynb");

    /// <summary>The page.</summary>
    /// <param name="name">The notebook's file name without `.ipynb`.</param>
    public string Page(string name) => Path.Combine(_path, name + ".html");

    /// <summary>The list of all pages.</summary>
    public string IndexPath => Path.Combine(_path, Index);

    /// <summary>Names of the notebooks that have a page here, in order.</summary>
    public IReadOnlyList<string> Pages => !Directory.Exists(States) ? [] :
    [
        .. Directory.EnumerateFiles(States, "*.json").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => File.Exists(Page(name))).Order(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>What is known of the last run; null where there was none.</summary>
    public RunState? LastState(string name) => File.Exists(Notebook(name)) ? RunState.Read(State(name)) : null;

    /// <summary>The last run as one that can be resumed: null where there is none, or what cells depend on has changed
    /// since.</summary>
    /// <param name="name">The notebook's name.</param>
    /// <param name="notebook">The notebook as it is to run now.</param>
    /// <param name="folder">Its folder.</param>
    public EarlierRun? Earlier(string name, NotebookDocument notebook, string folder)
    {
        if (LastState(name) is not { } state || state.Inputs != RunInputs.Hash(notebook, folder)) return null;
        try
        {
            return new EarlierRun(NotebookDocument.Read(Notebook(name)), state);
        }
        catch (NotebookFormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// The notebook with the results of an earlier run, where that finished and no code has changed since: then nothing has to
    /// run.
    /// </summary>
    public static NotebookRun? Carry(NotebookDocument notebook, EarlierRun earlier)
    {
        NotebookCell[] cells = [.. notebook.Cells.Where(NotebookRunner.IsProgram)];
        NotebookCell[] ran = [.. earlier.Executed.Cells.Where(NotebookRunner.IsProgram)];
        if (earlier.State.Status != RunStatus.Finished || earlier.Cells.Count != cells.Length
            || earlier.Unchanged(cells) != cells.Length || ran.Length != cells.Length) return null;
        NotebookDocument executed = notebook.WithResults(
            cells.Select((cell, i) => new CellOutputs(cell.Index, ran[i].ExecutionCount, ran[i].Outputs)));
        var records = cells.Select((cell, i) => (cell.Index, Record: earlier.Cells[i])).ToDictionary(
            pair => pair.Index, pair => pair.Record);
        return new NotebookRun(executed, records, null, TimeSpan.FromSeconds(earlier.State.Seconds))
        {
            Inputs = earlier.State.Inputs,
        };
    }

    /// <summary>Writes a notebook that runs, so that a process that is ended leaves what it had.</summary>
    /// <param name="name">The notebook's name.</param>
    /// <param name="folder">The folder of its source.</param>
    /// <param name="run">The run so far.</param>
    public void WriteUnfinished(string name, string folder, NotebookRun run) => WriteResults(
        name, run, RunStatus.Unfinished, new PageText(run.Executed, new LocalFiles(folder, _path, new HashSet<string>())));

    /// <summary>Writes a run that has ended: the notebook, its page, its state.</summary>
    /// <param name="name">The notebook's name.</param>
    /// <param name="folder">The folder of its source.</param>
    /// <param name="run">The run.</param>
    /// <param name="pages">Names of the notebooks that will have a page here, besides those of <see cref="Pages"/>.</param>
    public void Write(string name, string folder, NotebookRun run, IReadOnlySet<string> pages)
    {
        RunStatus status = run.WasInterrupted ? RunStatus.Interrupted : run.Failure is null ? RunStatus.Finished
            : RunStatus.Failed;
        var context = new PageContext
        {
            Name = name,
            NotebookFolder = folder,
            PageFolder = _path,
            Pages = new HashSet<string>([.. Pages, .. pages]),
            IndexLink = Index,
            Failure = run.Failure?.ToString(),
            FailedCell = run.Failure?.CellIndex,
            Footer = $"{madeBy}; {run.Cells.Count} code cells in {Durations.Readable(run.Duration)}.",
        };
        var text = new PageText(run.Executed, context.Files);
        WriteResults(name, run, status, text);
        AtomicFile.Write(Page(name), NotebookPage.ToHtml(run.Executed, text, context));
    }

    /// <summary>Writes the list of all pages in the folder.</summary>
    public void WriteIndex()
    {
        var entries = Pages.Select(name => (Name: name, State: RunState.Read(State(name)))).Where(entry => entry.State is not null)
            .Select(entry => new IndexEntry(entry.Name, entry.State!));
        AtomicFile.Write(IndexPath, IndexPage.ToHtml([.. entries], madeBy));
    }

    private string States => Path.Combine(_path, ".state");

    private string State(string name) => Path.Combine(States, name + ".json");

    private void WriteResults(string name, NotebookRun run, RunStatus status, PageText text)
    {
        Directory.CreateDirectory(States);
        AtomicFile.Write(Notebook(name), run.Executed.Bytes);
        AtomicFile.Write(State(name), new RunState
        {
            Status = status,
            Title = text.Title ?? name,
            Summary = text.Summary,
            Total = run.Executed.Cells.Count(NotebookRunner.IsProgram),
            Seconds = run.Duration.TotalSeconds,
            Failure = run.Failure?.ToString(),
            Inputs = run.Inputs,
            Cells = [.. run.Cells.OrderBy(cell => cell.Key).Select(cell => cell.Value)],
        }.ToJson());
    }
}
