using System.Globalization;

namespace SegLstm.Experiments.Tables;

/// <summary>A table over seeds as what stands in each of its cells, before anything is known of the format.</summary>
/// <param name="Labels">How many columns on the left are texts.</param>
/// <param name="Heads">What heads each column.</param>
/// <param name="Rows">The cells; bold ones are the best.</param>
/// <param name="Notes">Sentences below the table.</param>
public sealed record TableGrid(
    int Labels, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<(string Text, bool Bold)>> Rows,
    IReadOnlyList<string> Notes)
{
    /// <summary>The cells of a table.</summary>
    public static TableGrid Of(SeedTable table)
    {
        // With one row there is nothing to test against.
        bool tests = table.Rows.Count > 1;
        string[] heads =
        [
            .. table.Keys, "seeds",
            .. table.Metrics.SelectMany(metric => new[]
            {
                metric.Unit.Length > 0 ? $"{metric.Title} ({metric.Unit})" : metric.Title, "p",
            }.Take(tests ? 2 : 1)),
        ];
        return new TableGrid(table.Keys.Count, heads, [.. table.Rows.Select(row => Row(table, row, tests))], table.Notes);
    }

    private static (string Text, bool Bold)[] Row(SeedTable table, SeedRow row, bool tests) =>
    [
        .. row.Labels.Select(label => (label, false)), (row.Seeds.ToString(CultureInfo.InvariantCulture), false),
        .. row.Cells.Zip(table.Metrics).SelectMany(pair => new[]
        {
            (Number(pair.First, pair.Second), pair.First.IsBest && tests), (Test(pair.First), false),
        }.Take(tests ? 2 : 1)),
    ];

    private static string Number(SeedCell cell, SeedMetric metric)
    {
        if (cell.BySeed.Count == 0) return "–";
        string mean = Text(cell.Mean);
        return cell.Deviation is { } deviation ? $"{mean} ± {Text(deviation)}" : mean;

        string Text(double value) =>
            (metric.Factor * value).ToString("F" + metric.Decimals, CultureInfo.InvariantCulture);
    }

    private static string Test(SeedCell cell) =>
        cell is { IsBest: true, PValue: null } ? "best" : cell.PValue is { } p ? TableText.Probability(p) : "–";
}
