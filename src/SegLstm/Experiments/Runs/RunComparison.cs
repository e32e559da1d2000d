namespace SegLstm.Experiments.Runs;

/// <summary>Runs side by side: what their configurations differ in, and what came of it.</summary>
/// <param name="Runs">Two runs or more.</param>
public sealed record RunComparison(IReadOnlyList<RunSummary> Runs)
{
    private static readonly string[] Metrics = ["state", "done", "loss", "miou", "test_miou", "test_accuracy", "seconds"];

    /// <summary>The paths at which the configurations differ, with each run's value; null where a run has no such path.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<string?> Values)> Differences =>
        [.. Runs.SelectMany(run => run.Configuration.Keys).Distinct()
            .Select(path => (path, (IReadOnlyList<string?>)[.. Runs.Select(run => run.Configuration.GetValueOrDefault(path))]))
            .Where(row => row.Item2.Distinct().Count() > 1)];

    /// <summary>The final metrics, with each run's value; null where a run has none.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string?> Values)> Results =>
        [.. Metrics.Select(name => (name, (IReadOnlyList<string?>)[.. Runs.Select(run => run.Value(name))]))];
}
