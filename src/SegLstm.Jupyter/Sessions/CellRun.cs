using System.Diagnostics;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Display;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Magics;

namespace SegLstm.Jupyter.Sessions;

/// <summary>Runs the steps of one cell.</summary>
internal sealed class CellRun(
    LanguageSet languages, SessionOptions options, int number, ICellOutput output, CancellationToken interrupt)
{
    private readonly MagicCommands commands = new(languages, options, output, interrupt);
    private readonly Stack<string> imports = [];
    private Stopwatch? timer;

    /// <summary>Runs a cell's text: values of earlier parts are displayed, the last one is the result.</summary>
    /// <exception cref="MagicException">A magic is not as it should be; nothing has run.</exception>
    /// <exception cref="CellFailedException">A part failed; the parts before it have run.</exception>
    public async Task RunAsync(string code)
    {
        var steps = CellParser.Parse(code);
        try
        {
            await RunAsync(steps, steps.OfType<CodeStep>().LastOrDefault());
        }
        finally
        {
            if (timer is not null)
            {
                output.Display(MimeBundle.Plain($"Wall time: {timer.Elapsed.TotalMilliseconds:0.###}ms"));
            }
        }
    }

    /// <summary>Runs a file in the course of the cell; its values are displayed.</summary>
    /// <exception cref="SharingException">The file imports itself, or has a language that is not known here.</exception>
    public async Task ImportAsync(string path, IReadOnlyList<ImportedCell> cells)
    {
        if (imports.Contains(path))
        {
            throw new SharingException(
                $"{Path.GetFileName(path)} imports itself, by {string.Join(", ", imports.Select(Path.GetFileName))}");
        }

        imports.Push(path);
        foreach (var cell in cells)
        {
            var place = $"{Path.GetFileName(path)}{(cell.Place == "" ? "" : ", " + cell.Place)}";
            var language = MagicTable.Find(cell.Language)?.Language
                ?? throw new SharingException($"{place} is in {cell.Language}, which this kernel does not have");
            try
            {
                await RunAsync(CellParser.Parse(cell.Code, language), last: null);
            }
            catch (MagicException wrong)
            {
                throw new CellFailedException(Within(place, CellErrors.Of(wrong, number)), wrong);
            }
            catch (CellFailedException failure)
            {
                throw new CellFailedException(Within(place, failure.Error), failure);
            }
        }

        imports.Pop();
    }

    /// <summary>Evaluates an expression in C#.</summary>
    public async Task<MimeBundle> EvaluateAsync(string expression)
    {
        var result = await languages["csharp"].RunAsync(new CellPart(expression, number, output, interrupt));
        return result.HasValue ? ValueFormatter.Format(result.Value, []) : MimeBundle.Plain("");
    }

    private async Task RunAsync(IReadOnlyList<CellStep> steps, CodeStep? last)
    {
        foreach (var step in steps)
        {
            interrupt.ThrowIfCancellationRequested();
            var result = step is CodeStep part ? await RunAsync(part) : await RunAsync((CommandStep)step);
            Show(result, isLast: ReferenceEquals(step, last));
        }
    }

    private async Task<PartResult> RunAsync(CodeStep part)
    {
        if (part.Language == "value" && part.Switch is not null)
        {
            await commands.KeepAsync(part);
            return PartResult.None;
        }

        if (part.IsBlank)
        {
            return PartResult.None;
        }

        var language = languages[part.Language];
        var result = await language.RunAsync(new CellPart(part.Padded, number, output, interrupt));
        if (part.Switch is { } call && call.Options.TryGetValue("--name", out var name) && result.HasValue)
        {
            await language.SetVariableAsync(name!.Text, result.Value, result.Value?.GetType() ?? typeof(object));
        }

        return result;
    }

    private async Task<PartResult> RunAsync(CommandStep step)
    {
        if (step.Call.WantsHelp)
        {
            output.Write(OutputStream.Stdout, step.Call.Magic.Help() + "\n");
        }
        else if (step.Call.Magic.Name == "time")
        {
            timer ??= Stopwatch.StartNew();
        }
        else
        {
            await commands.RunAsync(step, this);
        }

        return PartResult.None;
    }

    // The line is one of the file's, not of the cell's.
    private static CellError Within(string place, CellError error) =>
        error with
        {
            Message = $"{place}: {error.Message}",
            Traceback = [$"Imported from {place}:", .. error.Traceback],
            Line = null,
        };

    private void Show(PartResult result, bool isLast)
    {
        // A DisplayedValue is on the screen already.
        if (!result.HasValue || result.Value is DisplayedValue)
        {
            return;
        }

        var bundle = ValueFormatter.Format(result.Value, []);
        if (isLast)
        {
            output.Result(bundle);
        }
        else
        {
            output.Display(bundle);
        }
    }
}
