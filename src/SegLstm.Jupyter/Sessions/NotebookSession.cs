using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Magics;

namespace SegLstm.Jupyter.Sessions;

/// <summary>One notebook's state: its languages and their variables. Cells run one at a time; further ones wait.</summary>
/// <remarks>
/// A new session takes the process's console and current folder (until it is disposed), and forgets the formatters that earlier
/// notebooks registered: a process has one session at a time.
/// </remarks>
public sealed class NotebookSession : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly LanguageSet languages;
    private readonly string folderBefore = Environment.CurrentDirectory;
    private RunningCell? latest;

    /// <summary>A session without variables.</summary>
    public NotebookSession(SessionOptions options)
    {
        Options = options;
        Environment.CurrentDirectory = options.WorkingDirectory;
        languages = new LanguageSet(options);
        Formatter.ResetToDefault();
        ConsoleCapture.Install();
    }

    /// <summary>What the session started with.</summary>
    public SessionOptions Options { get; }

    /// <summary>Loads and compiles what the first cell would otherwise wait for.</summary>
    public async Task WarmUpAsync()
    {
        await turn.WaitAsync();
        try
        {
            await languages[CellParser.DefaultLanguage].WarmUpAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Runs a cell. Failures of its code come back in the result, never as exceptions.</summary>
    /// <param name="request">The cell.</param>
    /// <param name="output">Where its output goes, the value of its last expression included.</param>
    /// <param name="interrupt">Asks the cell to stop.</param>
    public async Task<CellResult> RunAsync(CellRequest request, ICellOutput output, CancellationToken interrupt)
    {
        try
        {
            await turn.WaitAsync(interrupt);
        }
        catch (OperationCanceledException)
        {
            return new CellResult(CellErrors.Interrupted);
        }

        try
        {
            // Begun on a thread of its own, since a cell may block, and must not block the caller. Once it has waited for
            // something, the pool's threads go on with it.
            return await Task.Factory.StartNew(
                () => RunHere(request, output, interrupt), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What could stand at a position of a cell, in any of its languages, magics included.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">A place between two characters, in UTF-16 units.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        position = Math.Clamp(position, 0, code.Length);
        if (CellParser.MagicAt(code, position) is { } magic)
        {
            return new MagicCompletion(languages, Options).Complete(magic.Text, magic.Start, position, magic.Language);
        }

        if (CellParser.CodeAt(code, position) is not { } part)
        {
            return CompletionList.Empty(position);
        }

        var list = await languages[part.Language].CompleteAsync(part.Padded, part.ToPadded(position), cancellation);
        return list with { Start = part.FromPadded(list.Start), End = part.FromPadded(list.End) };
    }

    /// <summary>What stands at a position of a cell; null where nothing is known.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">A place between two characters, in UTF-16 units.</param>
    /// <param name="detailed">Everything that is known.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation)
    {
        position = Math.Clamp(position, 0, code.Length);
        if (CellParser.MagicAt(code, position) is { } magic)
        {
            return MagicTable.Find(MagicLine.NameOf(magic.Text)) is { } known ? new Inspection(known.Help()) : null;
        }

        return CellParser.CodeAt(code, position) is { } part
            ? await languages[part.Language].InspectAsync(part.Padded, part.ToPadded(position), detailed, cancellation)
            : null;
    }

    /// <summary>Whether a cell is whole, so that a console can run it at the end of a line.</summary>
    public Completeness IsComplete(string code)
    {
        try
        {
            return CellParser.Parse(code).LastOrDefault() is CodeStep part
                ? languages[part.Language].IsComplete(part.Padded)
                : new Completeness(CompletenessKind.Complete);
        }
        catch (MagicException)
        {
            return new Completeness(CompletenessKind.Invalid);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        latest?.Forget();
        languages.Dispose();
        Environment.CurrentDirectory = folderBefore;
    }

    private async Task<CellResult> RunHere(CellRequest request, ICellOutput output, CancellationToken interrupt)
    {
        var cell = latest = new RunningCell(output, interrupt);
        cell.Enter();
        var run = new CellRun(languages, Options, request.Number, output, interrupt);
        var result = new CellResult(await Attempt(() => run.RunAsync(request.Code), request.Number, interrupt));
        if (result.Error is null)
        {
            result = result with { UserExpressions = await EvaluateAsync(run, request, interrupt) };
        }

        var late = await Attempt(() => Completed(cell), request.Number, interrupt);
        return result.Error is null && late is not null ? new CellResult(late) : result;
    }

    private static Task Completed(RunningCell cell)
    {
        cell.Context.Complete();
        return Task.CompletedTask;
    }

    private static async Task<IReadOnlyDictionary<string, UserExpression>> EvaluateAsync(
        CellRun run, CellRequest request, CancellationToken interrupt)
    {
        var answers = new Dictionary<string, UserExpression>();
        foreach (var (name, expression) in request.UserExpressions)
        {
            MimeBundle? value = null;
            var error = await Attempt(async () => value = await run.EvaluateAsync(expression), request.Number, interrupt);
            answers[name] = new UserExpression(value, error);
        }

        return answers;
    }

    private static async Task<CellError?> Attempt(Func<Task> work, int number, CancellationToken interrupt)
    {
        try
        {
            await work();
            return null;
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return CellErrors.Interrupted;
        }
        catch (MagicException wrong)
        {
            return CellErrors.Of(wrong, number);
        }
        catch (CellFailedException failure)
        {
            return failure.Error;
        }
        catch (Exception failure)
        {
            return CellErrors.Of(failure);
        }
    }
}
