using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Notebooks;
using SegLstm.Jupyter.Notebooks.Running;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm notebook run`: notebooks without a browser.</summary>
internal static class NotebookCommand
{
    // 30 days; a timer takes some more.
    private const int LongestTimeout = 30 * 24 * 3600;

    private static readonly Argument<string[]> Files = new("files")
    {
        Description = "Notebooks (.ipynb) in C#; each runs in its own folder with variables of its own. One that fails does not "
            + "stop those behind it.",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "Folder for the executed notebooks, their pages and index.html.", HelpName = "FOLDER", Required = true,
    };
    private static readonly Option<string[]> Parameters = new("--parameters", "-p")
    {
        Description = "Values for variables of the cell tagged 'parameters', NAME=VALUE; lists as 1,2,3; null where the type "
            + "allows it. A name must be known to one of the notebooks at least. What a notebook takes: "
            + "seglstm notebook run --help FILE",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<double?> Timeout = new("--timeout")
    {
        Description = "Seconds that a cell may run; then it is stopped and its notebook has failed (default: no limit).",
            HelpName = "SECONDS",
    };
    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Go on from the last run into the folder. Notebooks that finished and whose code, parameters, DLLs and "
            + "loaded files are the same do not run. In others the cells before the first one that failed or changed run again, "
            + "for their variables were lost with the process; but one tagged 'cached' does not, and keeps its outputs: tag long "
            + "cells so whose work lies in files.",
    };

    public static Command Create()
    {
        var run = new ExampleCommand(
            "run", "Execute notebooks; write them with their outputs, and one page each that needs no network.",
            "seglstm notebook run notebooks/*.ipynb --out out",
            "seglstm notebook run notebooks/01-vision-lstm.ipynb --out out --parameters seed=2 longest=1024",
            "seglstm notebook run notebooks/*.ipynb --out out --timeout 600 --resume",
            "seglstm notebook run --help notebooks/00-start.ipynb       this page, and the notebook's parameters")
        {
            Files, Out, Parameters, Timeout, Resume,
        };
        run.AppendToHelp = arguments => ParameterHelp.Write(
            arguments.GetResult(Files) is { Tokens.Count: > 0 } files ? files.GetRequiredValue(Files) : [],
            arguments.InvocationConfiguration.Output);
        run.SetAction(Run);
        return new ExampleCommand(
            "notebook", "Run notebooks without a browser.", "seglstm notebook run notebooks/*.ipynb --out out") { run };
    }

    private static int Run(ParseResult arguments)
    {
        string[] files = arguments.GetValue(Files)!;
        IReadOnlyList<NotebookFile> notebooks = NotebookFile.ReadAll(files, arguments.GetValue(Out)!);
        notebooks = ParameterArguments.Apply(notebooks, arguments.GetValue(Parameters) ?? []);
        TimeSpan? timeout = arguments.GetValue(Timeout) is { } seconds ? Limit(seconds) : null;
        string folder = Path.GetFullPath(Require.WritableFolder(arguments.GetValue(Out)!, Out.Name));
        using var interruption = new Interruption();
        var batch = new NotebookBatch(
            new ResultFolder(folder, MadeBy()), timeout, arguments.GetValue(Resume), interruption.Token);
        int failed = batch.Run(notebooks);
        return failed == 0 ? 0 : 1;
    }

    private static TimeSpan Limit(double seconds) =>
        !(seconds > 0) ? throw new UsageException($"{Timeout.Name} {seconds}: expected more than 0 seconds")
        : seconds > LongestTimeout
            ? throw new UsageException($"{Timeout.Name} {seconds}: expected at most {LongestTimeout} seconds (30 days)")
        : TimeSpan.FromSeconds(seconds);

    private static string MadeBy() =>
        string.Create(CultureInfo.InvariantCulture, $"Made by seglstm notebook run, {DateTime.Now:yyyy-MM-dd HH:mm}");
}
