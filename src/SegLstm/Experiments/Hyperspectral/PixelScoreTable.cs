using SegLstm.Experiments.Tables;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>OA, AA and kappa of methods over draws, as a table of mean ± deviation: <see cref="TableText"/> writes it.</summary>
public static class PixelScoreTable
{
    private static readonly (SeedMetric Metric, Func<PixelScore, double> Value)[] Columns =
    [
        (new("oa", "OA", "%", 100, 2, MoreIsBetter: true), score => score.OverallAccuracy),
        (new("aa", "AA", "%", 100, 2, MoreIsBetter: true), score => score.AverageAccuracy),
        (new("kappa", "kappa", "", 1, 4, MoreIsBetter: true), score => score.Kappa),
        (new("seconds", "time", "s", 1, 1, MoreIsBetter: false), score => score.Seconds),
    ];

    /// <summary>Makes the table: within each split and share of labels the methods in the order of the scores.</summary>
    /// <param name="scores">The scores.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static SeedTable Of(IReadOnlyList<PixelScore> scores)
    {
        if (scores.Count == 0)
        {
            throw new ArgumentException("Expected at least one score, got none.", nameof(scores));
        }

        var rows = scores.GroupBy(score => (score.Split, score.Labels)).SelectMany(protocol => Rows(protocol));
        return new SeedTable(["split", "labels", "method"], [.. Columns.Select(column => column.Metric)], [.. rows],
        [
            "Mean ± sample standard deviation over draws; the best mean of each split and share of labels is bold.",
            "p: two-sided paired t-test over the draws against the best there, not corrected for the number of rows.",
            "OA: share of the test pixels that are right; AA: mean recall of the classes; kappa: agreement beyond chance.",
            "Time is of training and test together, on this machine.",
        ]);
    }

    private static IEnumerable<SeedRow> Rows(IGrouping<(string Split, string Labels), PixelScore> protocol)
    {
        var methods = protocol.GroupBy(score => score.Method).ToArray();
        var cells = Columns.Select(column => methods
            .Select(method => new SeedCell(method.ToDictionary(score => (long)score.Draw, column.Value))).ToArray()).ToArray();
        for (var column = 0; column < cells.Length; column++)
        {
            var all = cells[column];
            var best = Columns[column].Metric.MoreIsBetter ? all.MaxBy(cell => cell.Mean)! : all.MinBy(cell => cell.Mean)!;
            cells[column] = Array.ConvertAll(all, cell => cell with
            {
                IsBest = cell.Mean == best.Mean, PValue = ReferenceEquals(cell, best) ? null : PValue(cell, best),
            });
        }

        return methods.Select((method, row) => new SeedRow(
            [protocol.Key.Split, protocol.Key.Labels, method.Key], [.. cells.Select(column => column[row])]));
    }

    private static double? PValue(SeedCell cell, SeedCell best)
    {
        long[] shared = [.. cell.BySeed.Keys.Intersect(best.BySeed.Keys)];
        return PairedTest.PValue(
            [.. shared.Select(draw => cell.BySeed[draw])], [.. shared.Select(draw => best.BySeed[draw])]);
    }
}
