using System.CommandLine;
using System.Text.Json;
using SegLstm.Cli.Output;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Runs.TensorBoard;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm runs tensorboard`: the curves of runs for TensorBoard.</summary>
internal static class RunEventsCommand
{
    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "TensorBoard's folder: each run gets a folder in it.", HelpName = "DIR",
        DefaultValueFactory = _ => "tensorboard",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="runs">The runs that the options of `seglstm runs` ask for.</param>
    public static Command Create(Func<ParseResult, IReadOnlyList<RunSummary>> runs)
    {
        var command = new ExampleCommand("tensorboard",
            "Write runs as event files: losses, rates, norms and scores. Writing again brings a running one up to date.",
            "seglstm runs tensorboard --out board && tensorboard --logdir board",
            "seglstm runs tensorboard --in runs/rates --filter state=finished")
        {
            Out,
        };
        command.SetAction(arguments => Run(runs(arguments), arguments.GetValue(Out)!));
        return command;
    }

    private static int Run(IReadOnlyList<RunSummary> runs, string target)
    {
        int failed = 0;
        foreach (RunSummary run in runs)
        {
            try
            {
                RunEvents.Write(run.Folder, Path.Combine(target, run.Name == "." ? Path.GetFileName(run.Folder) : run.Name));
            }
            catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
            {
                failed++;
                Console.Error.WriteLine($"{run.Name} is left out: {fault.Message}");
            }
        }

        Terminal.Out.WriteLine($"wrote {runs.Count - failed} of {runs.Count} runs into {target}: tensorboard --logdir {target}");
        return failed == 0 ? 0 : 1;
    }
}
