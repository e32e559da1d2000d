using System.CommandLine;
using System.Diagnostics;
using SegLstm.Cli.Output;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Sweeps;
using SegLstm.Experiments.Tables;
using SegLstm.Jupyter.Notebooks.Running;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm sweep`: many runs of one recipe, here or as an array job of Slurm.</summary>
internal static class SweepCommand
{
    private const int Interrupted = 130;

    private static readonly Argument<string> File = new("sweep")
    {
        Description = "What to vary, in YAML: preset or config, data, axes, sets, draws, seeds.", HelpName = "FILE",
    };
    private static readonly Option<string?> Out = new("--out", "-o")
    {
        Description = "Folder of the runs (default: runs/ and the file's name).", HelpName = "FOLDER",
    };
    private static readonly Option<int> Jobs = new("--jobs", "-j")
    {
        Description = "Runs at a time, each in its own process.", HelpName = "N", DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads of each run (default: the processors divided by --jobs; with --slurm 2). Another number changes "
            + "the last digits of a result.",
        HelpName = "N",
    };
    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only the run of this name, as --dry-run lists it; may be repeated.", HelpName = "NAME",
    };
    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "List the runs and how far each is; run and write nothing.",
    };
    private static readonly Option<bool> Slurm = new("--slurm")
    {
        Description = $"Write {SlurmScript.ScriptFile} into the folder, an array job with one element a run, and submit it where "
            + "there is sbatch.",
    };
    private static readonly Option<string?> Time = new("--time")
    {
        Description = "With --slurm: longest time of a run, such as 01:30:00.", HelpName = "TIME",
    };
    private static readonly Option<string?> Memory = new("--memory")
    {
        Description = "With --slurm: memory of a run, such as 4G.", HelpName = "SIZE",
    };
    private static readonly Option<string?> Partition = new("--partition")
    {
        Description = "With --slurm: where it runs.", HelpName = "NAME",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "sweep", "Train a recipe with many values and seeds; what is finished is skipped, what was cut off goes on.",
            "seglstm sweep data/results/olinda/sweep.yaml --dry-run",
            "seglstm sweep rates.yaml --out runs/rates --jobs 2",
            "seglstm sweep rates.yaml --out runs/rates --slurm --time 02:00:00 --threads 4 --memory 8G --partition cpu",
            "seglstm runs table --in runs/rates --format latex")
        {
            File, Out, Jobs, Threads, Only, DryRun, Slurm, Time, Memory, Partition,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string file = Require.File(arguments.GetValue(File)!, "sweep");
        int jobs = Require.AtLeast(arguments.GetValue(Jobs), 1, Jobs.Name);
        if (arguments.GetValue(Threads) is { } given) Require.AtLeast(given, 1, Threads.Name);
        if (!arguments.GetValue(Slurm))
        {
            foreach (Option option in new Option[] { Time, Memory, Partition })
            {
                if (arguments.GetResult(option) is not { Implicit: false }) continue;
                throw new UsageException($"{option.Name} is for --slurm: give both");
            }
        }

        Sweep sweep = Sweep.Load(file);
        string root = arguments.GetValue(Out) ?? Path.Combine("runs", Path.GetFileNameWithoutExtension(file));
        var folder = new SweepFolder(root, sweep);
        SweepRun[] runs = Chosen(sweep, arguments.GetValue(Only) ?? []);
        if (arguments.GetValue(DryRun)) return List(folder, runs);
        Require.WritableFolder(folder.Root, Out.Name);
        return arguments.GetValue(Slurm)
            ? Submit(folder, runs, arguments)
            : Train(folder, runs, jobs, arguments.GetValue(Threads) ?? Share(jobs));
    }

    private static int Share(int jobs) => Math.Max(1, Environment.ProcessorCount / jobs);

    private static SweepRun[] Chosen(Sweep sweep, string[] names)
    {
        if (names.FirstOrDefault(name => sweep.Runs.All(run => run.Name != name)) is { } other)
        {
            throw new UsageException($"{Only.Name} {other}: the sweep has no such run"
                + $"{Suggestions.Phrase(other, sweep.Runs.Select(run => run.Name))}. All of them: --dry-run");
        }

        return [.. sweep.Runs.Where(run => names.Length == 0 || names.Contains(run.Name))];
    }

    private static int List(SweepFolder folder, SweepRun[] runs)
    {
        Table table = new Table().Border(Tables.Border).AddColumns("run", "state", "what it varies");
        foreach (SweepRun run in runs)
        {
            string values = string.Join(", ", run.Values.Select(value => $"{value.Key}={value.Value}"));
            table.AddRow(new[] { run.Name, Word(folder.State(run)), values }.Select(Markup.Escape).ToArray());
        }

        Terminal.Out.Write(table);
        int left = runs.Count(run => folder.State(run) != SweepState.Finished);
        Console.Out.WriteLine($"{runs.Length} runs in {folder.Root}, {left} to do; one of them alone: {Only.Name} NAME");
        return 0;
    }

    private static int Train(SweepFolder folder, SweepRun[] runs, int jobs, int threads)
    {
        using var interruption = new Interruption();
        int done = 0;
        Console.Out.WriteLine(
            $"{runs.Length} runs, {jobs} at a time with {threads} thread{(threads == 1 ? "" : "s")} each, in {folder.Root}");
        IReadOnlyList<SweepResult> results = new SweepRunner(folder, OwnCommand.Words).Run(
            runs, jobs, threads, run => Terminal.Out.WriteLine($"began {run.Name}"),
            result => Terminal.Out.WriteLine($"{++done}/{runs.Length} {result.Run.Name}: {Sentence(result)}"),
            interruption.Token).GetAwaiter().GetResult();

        RunSummary[] summaries = [.. results.Where(result => result.Outcome is SweepOutcome.Finished or SweepOutcome.Skipped)
            .Select(result => result.Summary!)];
        if (summaries.Length > 0) Terminal.Out.Write(SeedTables.Of(SeedTable.Of(summaries, "test_miou", "test_accuracy")));
        SweepResult[] failed = [.. results.Where(result => result.Outcome == SweepOutcome.Failed)];
        foreach (SweepResult result in failed)
        {
            // Paths are to be copied: no terminal is to break them.
            string log = Path.Combine(folder.Of(result.Run), SweepFolder.LogFile);
            Console.Out.WriteLine($"{result.Run.Name} failed with {result.Fault}; all of it: {log}");
        }

        int left = results.Count(result => result.Outcome == SweepOutcome.Stopped);
        string rest = left > 0 ? "; the same command goes on with them" : "";
        Terminal.Out.WriteLine($"{summaries.Length} finished, {failed.Length} failed, {left} left{rest}");
        return interruption.Token.IsCancellationRequested ? Interrupted : failed.Length > 0 ? 1 : 0;
    }

    private static int Submit(SweepFolder folder, SweepRun[] runs, ParseResult arguments)
    {
        var slurm = new SlurmScript
        {
            Cpus = arguments.GetValue(Threads) ?? new SlurmScript().Cpus,
            Memory = arguments.GetValue(Memory),
            Time = arguments.GetValue(Time),
            Partition = arguments.GetValue(Partition),
            Jobs = arguments.GetResult(Jobs) is { Implicit: false } ? arguments.GetValue(Jobs) : null,
        };
        string script = slurm.Write(folder, runs, OwnCommand.Words);
        Console.Out.WriteLine($"wrote {script}, an array of {runs.Length}");
        if (!OwnCommand.IsInstalled("sbatch"))
        {
            Console.Out.WriteLine(
                $"there is no sbatch here. Where Slurm is, and sees this folder by the same path: sbatch {script}");
            return 0;
        }

        using Process sbatch = Process.Start("sbatch", [script]);
        sbatch.WaitForExit();
        return sbatch.ExitCode == 0 ? 0 : 1;
    }

    private static string Sentence(SweepResult result) => result.Outcome switch
    {
        SweepOutcome.Finished or SweepOutcome.Skipped =>
            $"{(result.Outcome == SweepOutcome.Skipped ? "was finished before" : "finished")}, test mIoU "
                + $"{Readable.Percent(result.Summary!.TestMeanIoU ?? double.NaN)} %, trained "
                + Durations.Readable(result.Summary.Elapsed),
        SweepOutcome.Failed => $"failed, {result.Fault}",
        _ => "stopped",
    };

    private static string Word(SweepState state) => state switch
    {
        SweepState.New => "new",
        SweepState.CutOff => "cut off",
        SweepState.Finished => "finished",
        _ => "another run is there",
    };
}
