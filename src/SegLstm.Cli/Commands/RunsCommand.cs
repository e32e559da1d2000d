using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Tables;
using SegLstm.Jupyter.Notebooks.Running;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm runs`: the runs below a folder, side by side, and away with them.</summary>
internal static class RunsCommand
{
    private const string Default = "runs";

    private static readonly Option<string> In = new("--in")
    {
        Description = "Where runs are looked for, in folders below too.", HelpName = "FOLDER", DefaultValueFactory = _ => Default,
        Recursive = true,
    };
    private static readonly Option<string[]> Filter = new("--filter", "-f")
    {
        Description = "Only runs with this value; may be repeated. Keys: the columns, and the paths of the recipe, such as "
            + "training.batch_size; texts with * and ?.",
        HelpName = "KEY=VALUE",
    };
    private static readonly Option<string?> Sort = new("--sort", "-s")
    {
        Description = "The order, by such a key; with a minus in front the largest first (default: by name).", HelpName = "KEY",
    };
    private static readonly Argument<string[]> Compared = new("runs")
    {
        Description = "Folders of runs, or their names in the list.", Arity = new ArgumentArity(2, 20),
    };
    private static readonly Argument<string[]> Deleted = new("runs")
    {
        Description = "Folders of runs, or their names in the list.", Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string[]> Metrics = new("--metric")
    {
        Description = $"What is compared; may be repeated: {string.Join(", ", SeedMetric.All.Select(metric => metric.Name))} "
            + "(default: test_miou and test_accuracy).",
        HelpName = "NAME",
    };
    private static readonly Option<TableFormat> Format = new("--format")
    {
        Description = "Markdown, Latex (booktabs), Csv (all digits) or Html.",
    };
    private static readonly Option<string?> Within = new("--within")
    {
        Description = "Look for the best among rows alike in this, such as label_fraction (default: the best of all).", HelpName = "KEY",
    };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Delete without asking." };

    public static Command Create()
    {
        var compare = new ExampleCommand("compare", "Show what runs differ in and what came of it, side by side.",
            "seglstm runs compare olinda-seglstm_nano olinda-seglstm_tiny")
        {
            Compared,
        };
        compare.SetAction(Compare);
        var delete = new ExampleCommand("delete", "Delete runs with all that is in their folders; asks first.",
            "seglstm runs delete first",
            "seglstm runs delete runs/first runs/again --yes")
        {
            Deleted, Yes,
        };
        delete.SetAction(Delete);
        var table = new ExampleCommand("table",
            "Write a table of runs that differ in more than their seed: mean, deviation, the best, and tests of others against it.",
            "seglstm runs table --in runs/rates",
            "seglstm runs table --in runs/rates --metric test_miou --metric seconds --format latex > rates.tex",
            "seglstm runs table --in runs/shares --within label_fraction")
        {
            Filter, Metrics, Within, Format,
        };
        table.SetAction(WriteTable);
        Command events = RunEventsCommand.Create(Asked);
        events.Add(Filter);
        var command = new ExampleCommand("runs", "List runs: model, data, how far they got, what they reached.",
            "seglstm runs",
            "seglstm runs --filter dataset=olinda --filter training.batch_size=16 --sort -miou",
            "seglstm runs --filter state=failed         or finished, running, stopped, died",
            "seglstm runs --in out                      runs elsewhere, such as that of seglstm demo",
            "seglstm runs compare olinda-seglstm_nano olinda-seglstm_tiny",
            "seglstm runs table --in runs/rates --format latex",
            "seglstm runs tensorboard --out board",
            "seglstm runs delete first")
        {
            In, Filter, Sort, compare, table, events, delete,
        };
        command.SetAction(List);
        return command;
    }

    private static int List(ParseResult arguments)
    {
        string root = arguments.GetValue(In)!;
        if (!Directory.Exists(root) && root == Default)
        {
            Terminal.Out.WriteLine($"no run yet: seglstm train writes into {Default}/; other places: --in FOLDER");
            return 0;
        }

        if (!Directory.Exists(root)) throw new UsageException($"{In.Name} {root}: there is no such folder");
        IReadOnlyList<RunSummary> all = RunStore.List(root), runs = Where(arguments, all);
        if (arguments.GetValue(Sort) is { } key) runs = RunFilter.OrderBy(runs, key);
        Table table = new Table().Border(Tables.Border).AddColumns("run", "model", "data");
        foreach (string name in new[] { "seed", "iterations", "state", "miou %", "test %", "time" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (RunSummary run in runs)
        {
            table.AddRow(new[]
            {
                run.Name, run.Model, run.Dataset, run.Value("seed") ?? "-",
                run.Done == run.Iterations ? $"{run.Done}" : $"{run.Done} of {run.Value("iterations") ?? "?"}",
                run.Value("state")!, Percent(run.BestMeanIoU), Percent(run.TestMeanIoU), Durations.Readable(run.Elapsed),
            }.Select(Markup.Escape).ToArray());
        }

        if (runs.Count > 0) Terminal.Out.Write(table);
        foreach (RunSummary run in runs)
        {
            if (run.Damage.Length > 0) Terminal.Out.WriteLine($"{run.Name}: {run.Damage}");
            if (run.Reason.Length > 0) Terminal.Out.WriteLine($"{run.Name}: {run.Reason}");
        }

        Terminal.Out.WriteLine($"{(runs.Count == all.Count ? "" : $"{runs.Count} of ")}{Count(all.Count)} in {root}");
        return 0;
    }

    private static int Compare(ParseResult arguments)
    {
        string[] folders = Folders(arguments, Compared);
        if (folders.FirstOrDefault(folder => !RunStore.IsRun(folder)) is { } other)
        {
            throw new UsageException($"{other} is no run{Near(arguments, other)}. All of them: seglstm runs");
        }

        string[] names = arguments.GetValue(Compared)!;
        var comparison = new RunComparison([.. folders.Select((folder, i) => RunSummary.Read(folder, names[i]))]);
        Table table = Tables.New(["", .. comparison.Runs.Select(run => run.Name)]);
        foreach ((string path, IReadOnlyList<string?> values) in comparison.Differences) Row(path, values, value => value);
        if (comparison.Differences.Count == 0) Terminal.Out.WriteLine("the runs were told the same");
        else table.AddEmptyRow();
        foreach ((string name, IReadOnlyList<string?> values) in comparison.Results) Row(name, values, Short);
        Terminal.Out.Write(table);
        return 0;

        void Row(string name, IReadOnlyList<string?> values, Func<string, string> show) =>
            table.AddRow([Markup.Escape(name), .. values.Select(value => Markup.Escape(value is null ? "-" : show(value)))]);
    }

    private static IReadOnlyList<RunSummary> Asked(ParseResult arguments)
    {
        string root = arguments.GetValue(In)!;
        return Directory.Exists(root)
            ? Where(arguments, RunStore.List(root))
            : throw new UsageException($"{In.Name} {root}: there is no such folder");
    }

    private static IReadOnlyList<RunSummary> Where(ParseResult arguments, IReadOnlyList<RunSummary> runs) =>
        (arguments.GetValue(Filter) ?? []).Aggregate(runs, RunFilter.Where);

    private static int WriteTable(ParseResult arguments)
    {
        string[] metrics = arguments.GetValue(Metrics) is { Length: > 0 } given ? given : ["test_miou", "test_accuracy"];
        Console.Out.Write(TableText.Write(SeedTable.Within(arguments.GetValue(Within), Asked(arguments), metrics), arguments.GetValue(Format)));
        return 0;
    }

    private static int Delete(ParseResult arguments)
    {
        string[] folders = [.. Folders(arguments, Deleted).DistinctBy(RealPath.Of)];
        foreach (string folder in folders)
        {
            if (RunStore.Refusal(folder) is { } reason)
            {
                string near = Directory.Exists(folder) ? "" : Near(arguments, folder);
                throw new UsageException($"nothing is deleted: {folder}: {reason}{near}");
            }
        }

        foreach (string folder in folders)
        {
            FileInfo[] files = [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)];
            string state = RunSummary.Read(folder, folder).Value("state")!;
            Terminal.Out.WriteLine($"{folder}: {state}, {files.Length} files, {Readable.Bytes(files.Sum(file => file.Length))}");
        }

        if (!arguments.GetValue(Yes) && !Confirmed(folders.Length)) return 1;
        foreach (string folder in folders) RunStore.Delete(folder);
        Terminal.Out.WriteLine($"deleted {Count(folders.Length)}");
        return 0;
    }

    private static bool Confirmed(int count)
    {
        if (Console.IsInputRedirected) throw new UsageException("nothing is deleted: nobody is there to ask; say --yes");
        Console.Out.Write($"Delete {Count(count)} for good? [y/N] ");
        if (Console.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes") return true;
        Terminal.Out.WriteLine("nothing was deleted");
        return false;
    }

    // A folder as it is given, or below the one that is listed.
    private static string[] Folders(ParseResult arguments, Argument<string[]> names)
    {
        string root = arguments.GetValue(In)!;
        return [.. arguments.GetValue(names)!.Select(name =>
            !RunStore.IsRun(name) && Directory.Exists(Path.Combine(root, name)) ? Path.Combine(root, name) : name)];
    }

    private static string Near(ParseResult arguments, string name) => arguments.GetValue(In) is { } root && Directory.Exists(root)
        ? Suggestions.Phrase(name, RunStore.List(root).Select(run => run.Name)) : "";

    private static string Short(string value) => value.Contains('.', StringComparison.Ordinal)
        && double.TryParse(value, CultureInfo.InvariantCulture, out double number)
        ? number.ToString("0.####", CultureInfo.InvariantCulture) : value;

    private static string Percent(double? share) => Readable.Percent(share ?? double.NaN);

    private static string Count(int runs) => runs == 1 ? "1 run" : $"{runs} runs";
}
