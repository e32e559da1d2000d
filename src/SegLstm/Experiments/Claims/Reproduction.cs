using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using SegLstm.Data;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Runs;
using SegLstm.Experiments.Sweeps;
using SegLstm.Experiments.Tables;
using SegLstm.Training;
using static TorchSharp.torch;

namespace SegLstm.Experiments.Claims;

/// <summary>Makes claims again: from the logs of their runs, or by running them.</summary>
public static class Reproduction
{
    private const string Parameters = "parameters";

    /// <summary>Makes a claim's numbers from the logged runs; those that have no runs are computed.</summary>
    /// <param name="claim">The claim.</param>
    public static ClaimResult Verify(ClaimFolder claim) => claim.Sweep is null ? Compute(claim)
        : claim.Claim.Kind == ClaimKind.HeldOut ? HeldOut(claim, () => HeldOutLog.Read(claim, claim.Logged))
        : Judged(claim, "seglstm reproduce --verify", () => Directory.Exists(claim.Logged)
            ? RunStore.List(claim.Logged)
            : throw new DirectoryNotFoundException($"there are no logged runs in {claim.Logged}"));

    /// <summary>Makes a claim's runs and then its numbers; those that have no runs are computed.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="folder">Where its runs go.</param>
    /// <param name="command">The words that start <c>seglstm</c>.</param>
    /// <param name="jobs">Runs at a time.</param>
    /// <param name="resume">Whether runs that are there already count, or go on; else they are made anew.</param>
    /// <param name="ended">Is told of each run; may be null.</param>
    /// <param name="stop">Ends the work; what is done is kept.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ClaimResult Make(
        ClaimFolder claim, string folder, IReadOnlyList<string> command, int jobs, bool resume = false,
        Action<SweepResult>? ended = null, CancellationToken stop = default)
    {
        if (claim.Obstacles.Count > 0)
        {
            return new ClaimResult(claim, [], null, "", string.Join("; ", claim.Obstacles), TimeSpan.Zero);
        }

        if (claim.Sweep is not { } sweep) return Compute(claim);
        if (claim.Claim.Kind == ClaimKind.HeldOut) return HeldOut(claim, () => HeldOutLog.Make(claim, folder, resume, stop));
        string depth = claim.Claim.Scale == ClaimScale.Paper ? "full" : "quick";
        return Judged(claim, $"seglstm reproduce {claim.Name} --{depth}", () =>
        {
            var runs = new SweepFolder(folder, sweep);
            if (!resume)
            {
                // What another version of the program made is no reproduction.
                foreach (SweepRun run in sweep.Runs.Where(run => runs.State(run) is SweepState.Finished or SweepState.CutOff))
                {
                    RunStore.Delete(runs.Of(run));
                }
            }

            // One thread a run: the results are those of the logs to the last digit, on the same machine.
            IReadOnlyList<SweepResult> results = new SweepRunner(runs, command)
                .Run(sweep.Runs, jobs, threads: 1, null, ended, stop).GetAwaiter().GetResult();
            stop.ThrowIfCancellationRequested();
            SweepResult[] failed = [.. results.Where(result => result.Outcome == SweepOutcome.Failed)];
            return failed.Length == 0 ? [.. results.Select(result => result.Summary!)] : throw new InvalidOperationException(
                $"{failed.Length} of {results.Count} runs failed, such as {failed[0].Run.Name}: {failed[0].Fault}");
        });
    }

    private static ClaimResult Judged(ClaimFolder claim, string command, Func<IReadOnlyList<RunSummary>> make)
    {
        return Judged(claim, () =>
        {
            IReadOnlyList<RunSummary> runs = make();
            string[] metrics = [.. claim.Claim.Expected.Select(value => value.Metric).DefaultIfEmpty("test_miou").Distinct()];
            return (SeedTable.Within(claim.Claim.Within, runs, metrics),
                $"Made by {command} from {string.Join(", ", runs.Select(Stamp))}; {Versions(runs.Select(run => run.Folder))}.",
                Faults(claim, runs));
        });
    }

    private static ClaimResult HeldOut(ClaimFolder claim, Func<HeldOutLog> make) => Judged(claim, () =>
    {
        HeldOutLog log = make();
        return (log.Table, $"Made by {log.Command} from {log.Trainings} trainings; {Versions([log.Folder])}.", log.Faults);
    });

    private static ClaimResult Judged(ClaimFolder claim, Func<(SeedTable Table, string Caption, string Faults)> make)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            (SeedTable table, string caption, string faults) = make();
            ClaimCheck[] checks = [.. claim.Claim.Expected.Select(value => new ClaimCheck(value, Find(table, value)))];
            return new ClaimResult(claim, checks, table, caption, faults, clock.Elapsed);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or InvalidOperationException or JsonException
            or UnauthorizedAccessException or InvalidDataException or RecordException)
        {
            return new ClaimResult(claim, [.. claim.Claim.Expected.Select(value => new ClaimCheck(value, null))], null, "",
                fault.Message, clock.Elapsed);
        }
    }

    // A log of another recipe, or a run too few, would be a table of something else.
    private static string Faults(ClaimFolder claim, IReadOnlyList<RunSummary> runs)
    {
        string[] missing = [.. claim.Sweep!.Runs.Select(run => run.Name).Except(runs.Select(run => run.Name))];
        if (missing.Length > 0) return $"{missing.Length} runs are missing, such as {missing[0]}";
        string[] more = [.. runs.Select(run => run.Name).Except(claim.Sweep.Runs.Select(run => run.Name))];
        if (more.Length > 0) return $"{more.Length} runs are not of the sweep, such as {more[0]}";
        RunSummary[] others = [.. runs.Where(run => new SweepFolder(Root(run), claim.Sweep)
            .State(claim.Sweep.Runs.Single(one => one.Name == run.Name)) != SweepState.Finished)];
        return others.Length == 0 ? ""
            : $"{others.Length} runs are not finished or were told something else than the sweep says, such as {others[0].Name}";
    }

    private static string Root(RunSummary run) => Path.GetFullPath(
        Path.Combine(run.Folder, string.Join('/', run.Name.Split('/').Select(_ => ".."))));

    private static ClaimResult Compute(ClaimFolder claim)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            IReadOnlyDictionary<(string What, string Metric), double> got = claim.Claim.Kind == ClaimKind.Parameters
                ? Counts(claim.Claim) : Scores(claim.Claim.Data!);
            ClaimCheck[] checks = [.. claim.Claim.Expected.Select(value => new ClaimCheck(
                value, got.TryGetValue((value.What, value.Metric), out double number) ? number : null))];
            return new ClaimResult(
                claim, checks, null, $"Computed by seglstm reproduce {claim.Name} --verify; {OwnVersions}.", "", clock.Elapsed);
        }
        catch (Exception fault) when (fault is IOException or KeyNotFoundException or ArgumentException)
        {
            return new ClaimResult(claim, [.. claim.Claim.Expected.Select(value => new ClaimCheck(value, null))], null, "",
                fault.Message, clock.Elapsed);
        }
    }

    private static Dictionary<(string, string), double> Counts(Claim claim)
    {
        var counts = new Dictionary<(string, string), double>();
        foreach (string name in claim.Expected.Select(value => value.What))
        {
            if (PublishedModels.Count(name) is { } count) counts[(name, Parameters)] = count;
        }

        return counts;
    }

    // The blocks are those of every recipe that gives no others.
    private static Dictionary<(string, string), double> Scores(string data)
    {
        using Scene scene = SceneCatalog.Load(data);
        var scores = new Dictionary<(string, string), double>();
        foreach (BaselineResult baseline in new SceneExperiment(scene, DemoRecipe.Olinda).Baselines())
        {
            scores[(baseline.Name, "test_miou")] = 100 * baseline.Matrix.Scores.MeanIoU;
            scores[(baseline.Name, "test_accuracy")] = 100 * baseline.Matrix.Scores.OverallAccuracy;
        }

        return scores;
    }

    private static double? Find(SeedTable table, ExpectedValue value)
    {
        int column = table.Metrics.ToList().FindIndex(metric => metric.Name == value.Metric);
        SeedRow? row = table.Rows.FirstOrDefault(row => string.Join(", ", row.Labels) == value.What);
        return row is null || row.Cells[column].BySeed.Count == 0 ? null : table.Metrics[column].Factor * row.Cells[column].Mean;
    }

    private static string Stamp(RunSummary run) =>
        $"{run.Name} ({(run.Started.Length >= 16 ? run.Started[..16].Replace('T', ' ') + " UTC" : "when is not known")})";

    private static string Versions(IEnumerable<string> folders) => string.Join(" and ", folders.Select(folder =>
    {
        JsonElement about = RunConfiguration.Json(Path.Combine(folder, RunEnvironment.FileName));
        string threads = Text(about, "threads");
        return $"SegLstm {Text(about, "seg_lstm")}, libtorch {Text(about, "libtorch")}, {threads} "
            + (threads == "1" ? "thread" : "threads");
    }).Distinct());

    private static string OwnVersions
    {
        get
        {
            var version = typeof(Reproduction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
            return $"SegLstm {version?.InformationalVersion}, libtorch {__version__}";
        }
    }

    private static string Text(JsonElement about, string name) =>
        about.ValueKind == JsonValueKind.Object && about.TryGetProperty(name, out JsonElement value)
            ? value.ToString() : "unknown";
}
