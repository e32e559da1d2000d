using SegLstm.Metrics;
using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>The tables that commands print.</summary>
internal static class Tables
{
    /// <summary>An empty table; all columns but the first are numbers, to the right.</summary>
    public static Table New(params string[] columns)
    {
        Table table = new Table().Border(Terminal.IsInteractive ? TableBorder.Rounded : TableBorder.Ascii2);
        for (int i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(Markup.Escape(columns[i])) { NoWrap = true };
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        return table;
    }

    /// <summary>Scores of several methods, one a row: overall, and the IoU of each class.</summary>
    public static Table Scores(IReadOnlyList<string> classNames, IEnumerable<(string Name, ConfusionMatrix Matrix)> methods)
    {
        Table table = New(["method", "OA", "mIoU", "mF1", "AA", "kappa", .. classNames.Select(name => "IoU " + name)]);
        foreach ((string name, ConfusionMatrix matrix) in methods)
        {
            Scores s = matrix.Scores;
            IEnumerable<double> numbers = [s.OverallAccuracy, s.MeanIoU, s.MeanF1, s.AverageAccuracy, s.Kappa, .. s.PerClassIoU];
            table.AddRow([Markup.Escape(name), .. numbers.Select(Readable.Percent)]);
        }

        return table;
    }

    /// <summary>Counts of pixels: true classes in rows, predicted ones in columns.</summary>
    public static Table Confusion(IReadOnlyList<string> classNames, ConfusionMatrix matrix)
    {
        Table table = New(["truth \\ map", .. classNames]);
        for (int label = 0; label < matrix.Classes; label++)
        {
            table.AddRow([Markup.Escape(classNames[label]), .. Enumerable.Range(0, matrix.Classes).Select(predicted => $"{matrix[label, predicted]}")]);
        }

        return table;
    }
}
