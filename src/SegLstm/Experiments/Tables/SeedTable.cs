using System.Globalization;
using SegLstm.Experiments.Runs;

namespace SegLstm.Experiments.Tables;

/// <summary>Runs grouped by what differs between them, the seed apart: mean and deviation over seeds, and what is best.</summary>
/// <param name="Keys">What the groups differ in: paths of the recipe.</param>
/// <param name="Metrics">What is compared.</param>
/// <param name="Rows">The groups, in the order of what they differ in, numbers by their size.</param>
/// <param name="Notes">What a reader has to know of the numbers, a sentence each.</param>
public sealed record SeedTable(
    IReadOnlyList<string> Keys, IReadOnlyList<SeedMetric> Metrics, IReadOnlyList<SeedRow> Rows, IReadOnlyList<string> Notes)
{
    private const int MostNamed = 5;

    private static readonly string[] Drawn = ["label_fraction", "label_fraction_unit", "label_fraction_seed"];

    private const string Method = "pretraining.training.method";

    private static readonly string[] Seeds = ["training.seed", "model.seed"];

    /// <summary>Groups runs.</summary>
    /// <param name="runs">The runs; those without a value of any metric are left out and named in a note.</param>
    /// <param name="metrics">Names of <see cref="SeedMetric.All"/>.</param>
    /// <exception cref="ArgumentException">
    /// There is no such metric, no run has a value, or two runs of one group have one seed, so that they count double.
    /// </exception>
    public static SeedTable Of(IReadOnlyList<RunSummary> runs, params IReadOnlyList<string> metrics) => Within(null, runs, metrics);

    /// <summary>Groups runs, and looks for the best among those alike in one thing, such as <c>label_fraction</c>.</summary>
    /// <param name="within">In what; null: the best of all.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="metrics">Names of <see cref="SeedMetric.All"/>.</param>
    /// <exception cref="ArgumentException">As for <see cref="Of"/>; or the runs do not differ in it.</exception>
    public static SeedTable Within(string? within, IReadOnlyList<RunSummary> runs, IReadOnlyList<string> metrics)
    {
        SeedMetric[] columns = [.. metrics.Select(SeedMetric.Find)];
        RunSummary[] told = [.. runs.Where(run => run.Seed is not null && columns.Any(metric => Value(run, metric) is not null))];
        if (told.Length == 0)
        {
            throw new ArgumentException($"None of {runs.Count} runs has {string.Join(" or ", metrics)} yet: nothing to compare.");
        }

        string[] keys = [.. new RunComparison(told).Differences.Select(row => row.Path).Except(Seeds)
            .Where(key => !FollowsFromAnother(key, told))];
        IGrouping<string, RunSummary>[] groups = [.. told.GroupBy(run =>
            string.Join('\n', keys.Select(key => run.Configuration.GetValueOrDefault(key, "-"))))];
        foreach (IGrouping<string, RunSummary> group in groups)
        {
            if (group.GroupBy(run => run.Seed).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                throw new ArgumentException(
                    $"The runs {string.Join(" and ", twice.Select(run => run.Name))} were told the same and have the same seed, "
                        + $"{twice.Key}: leave one of them out, with --filter or by deleting it.");
            }
        }

        if (keys.Length == 0) keys = ["model"];
        if (within is not null && !keys.Contains(within))
        {
            throw new ArgumentException($"The runs do not differ in {within}: expected one of {string.Join(", ", keys)}.", nameof(within));
        }

        var order = Comparer<string>.Create(RunFilter.Compare);
        // What is compared stands together.
        if (within is not null) keys = [within, .. keys.Where(other => other != within)];
        foreach (string one in keys.Reverse()) groups = [.. groups.OrderBy(group => group.First().Value(one) ?? "-", order)];
        SeedCell[][] cells = [.. groups.Select(group => columns.Select(metric => Cell(group, metric)).ToArray())];
        foreach (IGrouping<string?, int> alike in Enumerable.Range(0, groups.Length).GroupBy(i => within is null ? null : groups[i].First().Value(within)))
        {
            SeedCell[][] rivals = [.. alike.Select(i => cells[i])];
            for (int column = 0; column < columns.Length; column++) Compare(rivals, column, columns[column].MoreIsBetter);
        }

        SeedRow[] rows = [.. groups.Select((group, i) =>
            new SeedRow([.. keys.Select(one => group.First().Value(one) ?? "-")], cells[i]))];
        return new SeedTable(keys, columns, rows, [.. Remarks(columns, rows, within), .. LeftOut([.. runs.Except(told)])]);
    }

    // How an encoder was pretrained tells nothing apart where all of a method have it alike; and weights of classes that
    // were made from the labels follow from which labels were drawn.
    private static bool FollowsFromAnother(string key, RunSummary[] runs)
    {
        if (key.StartsWith("pretraining.", StringComparison.Ordinal))
        {
            bool alike = runs.Select(run => run.Configuration.GetValueOrDefault(key)).OfType<string>().Distinct().Count() == 1;
            return alike || (key != Method && runs.GroupBy(run => run.Configuration.GetValueOrDefault(Method))
                .All(same => same.Select(run => run.Configuration.GetValueOrDefault(key)).Distinct().Count() == 1));
        }

        return key.StartsWith("training.class_weights", StringComparison.Ordinal) && runs
            .GroupBy(run => string.Join('\n', Drawn.Select(path => run.Configuration.GetValueOrDefault(path))))
            .All(same => same.Select(run => run.Configuration.GetValueOrDefault(key)).Distinct().Count() == 1);
    }

    private static SeedCell Cell(IEnumerable<RunSummary> group, SeedMetric metric) => new(group
        .Select(run => (run.Seed, Value: Value(run, metric))).Where(pair => pair.Value is not null)
        .OrderBy(pair => pair.Seed).ToDictionary(pair => pair.Seed!.Value, pair => pair.Value!.Value));

    private static void Compare(SeedCell[][] cells, int column, bool moreIsBetter)
    {
        SeedCell[] all = [.. cells.Select(row => row[column]).Where(cell => cell.BySeed.Count > 0)];
        if (all.Length == 0) return;
        SeedCell best = moreIsBetter ? all.MaxBy(cell => cell.Mean)! : all.MinBy(cell => cell.Mean)!;
        foreach (SeedCell[] row in cells)
        {
            SeedCell cell = row[column];
            if (cell.BySeed.Count == 0) continue;
            long[] shared = [.. cell.BySeed.Keys.Intersect(best.BySeed.Keys)];
            row[column] = cell with
            {
                IsBest = cell.Mean == best.Mean,
                PValue = ReferenceEquals(cell, best) ? null : PairedTest.PValue(
                    [.. shared.Select(seed => cell.BySeed[seed])], [.. shared.Select(seed => best.BySeed[seed])]),
            };
        }
    }

    private static IEnumerable<string> Remarks(SeedMetric[] metrics, SeedRow[] rows, string? within)
    {
        yield return "Mean ± sample standard deviation over seeds" + (rows.Length < 2 ? "." : $"; the best mean{(within is null ? "" : $" of each {within}")} is bold.");
        if (rows.Any(row => row.Cells.Any(cell => cell.BySeed.Count == 1))) yield return "One seed has no deviation.";
        if (rows.Length < 2) yield break;
        yield return $"p: two-sided paired t-test over the seeds shared with the best{(within is null ? "" : " there")}, not corrected for the number of rows.";
        if (metrics.Where((_, column) => rows.Any(row => row.Cells[column] is { IsBest: false, PValue: null })).Any())
        {
            yield return $"No p: fewer than {PairedTest.FewestPairs} seeds shared with the best, or differences without "
                + "variation.";
        }
    }

    private static IEnumerable<string> LeftOut(RunSummary[] runs)
    {
        if (runs.Length == 0) yield break;
        string names = string.Join(", ", runs.Take(MostNamed).Select(run => run.Name));
        yield return $"Left out, as no such number is known of them yet: {names}"
            + (runs.Length > MostNamed ? $" and {runs.Length - MostNamed} more." : ".");
    }

    // A best validation counts only of a run that is through: it may still rise.
    private static double? Value(RunSummary run, SeedMetric metric) => run.State == RunState.Finished
        && double.TryParse(run.Value(metric.Name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value : null;
}
