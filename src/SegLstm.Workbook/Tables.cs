using System.Globalization;
using SegLstm.Data;
using SegLstm.Experiments.Tables;
using SegLstm.Metrics;
using SegLstm.Workbook.Formatters;

namespace SegLstm.Workbook;

/// <summary>Makes tables of scores, of confusion, and of runs with several seeds.</summary>
public static class Tables
{
    /// <summary>
    /// The scores of each class and of all, in percent; an undefined one, of a class that never occurs, is a dash.
    /// </summary>
    /// <param name="matrix">Counts of pixels.</param>
    /// <param name="legend">Class names; null for numbers.</param>
    /// <param name="title">What stands above it.</param>
    /// <exception cref="ArgumentException">The legend has another number of classes.</exception>
    public static Table Scores(ConfusionMatrix matrix, ClassLegend? legend = null, string title = "Scores")
    {
        var names = ConfusionTable.NamesOf(matrix, legend);
        return ScoresTable.Of(matrix.Scores, names,
            Array.ConvertAll([.. Enumerable.Range(0, names.Count)], c => (double)matrix.Labels(c) / matrix.Total))
            .Titled(string.Create(CultureInfo.InvariantCulture, $"{title}, {matrix.Total:N0} pixels"));
    }

    /// <summary>Which class was taken for which: each row a true class, each cell its share in percent and the pixels.</summary>
    /// <param name="matrix">Counts of pixels.</param>
    /// <param name="legend">Class names; null for numbers.</param>
    /// <param name="title">What stands above it.</param>
    /// <exception cref="ArgumentException">The legend has another number of classes.</exception>
    public static ConfusionTable Confusion(ConfusionMatrix matrix, ClassLegend? legend = null,
        string title = "Confusion matrix") =>
        new(matrix, ConfusionTable.NamesOf(matrix, legend), title);

    /// <summary>Runs grouped by what differs, the seed apart: mean ± deviation over seeds, the best, p-values against
    /// it.</summary>
    /// <param name="seeds">The comparison.</param>
    /// <param name="title">What stands above it.</param>
    public static Table Seeds(SeedTable seeds, string title)
    {
        TableGrid grid = TableGrid.Of(seeds);
        var table = new Table([.. grid.Heads]);
        foreach (var row in grid.Rows) table.Row([.. row.Select(cell => cell.Bold ? $"{cell.Text} (best)" : cell.Text)]);
        return table.Titled(title).Noted(string.Join(" ", grid.Notes.Select(note => note.Replace("is bold", "is marked"))));
    }
}
