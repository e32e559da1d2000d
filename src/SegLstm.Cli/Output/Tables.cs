using SegLstm.Metrics;
using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>The tables that commands print.</summary>
internal static class Tables
{
    /// <summary>The lines of tables: plain letters where output is no terminal.</summary>
    public static TableBorder Border => Terminal.IsInteractive ? TableBorder.Rounded : TableBorder.Ascii2;

    /// <summary>An empty table; all columns but the first are numbers, to the right.</summary>
    public static Table New(params string[] columns)
    {
        Table table = new Table().Border(Border);
        for (int i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(Markup.Escape(columns[i]));
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        return table;
    }

    /// <summary>
    /// Scores of several methods, one a column so that narrow terminals show all: overall, and the IoU of each class.
    /// </summary>
    public static Table Scores(IReadOnlyList<string> classNames, IReadOnlyList<(string Name, ConfusionMatrix Matrix)> methods)
    {
        Table table = New(["%", .. methods.Select(method => method.Name)]);
        Scores[] scores = [.. methods.Select(method => method.Matrix.Scores)];
        Row("overall accuracy", s => s.OverallAccuracy);
        Row("mean IoU", s => s.MeanIoU);
        Row("mean F1 (Dice)", s => s.MeanDice);
        Row("average accuracy", s => s.AverageAccuracy);
        Row("kappa", s => s.Kappa);
        for (int c = 0; c < classNames.Count; c++)
        {
            int index = c;
            Row("IoU " + classNames[c], s => s.PerClassIoU[index]);
        }

        return table;

        void Row(string name, Func<Scores, double> score) =>
            table.AddRow([Markup.Escape(name), .. scores.Select(s => Readable.Percent(score(s)))]);
    }

    /// <summary>What a map is made of: pixels of each class, their share, and those without data where there are any.</summary>
    public static Table Shares(IReadOnlyList<string> classNames, IReadOnlyList<long> pixels, long withoutData)
    {
        double all = pixels.Sum() + withoutData;
        Table table = New("class", "pixels", "share %");
        for (int c = 0; c < classNames.Count; c++)
        {
            table.AddRow(Markup.Escape(classNames[c]), $"{pixels[c]}", Readable.Percent(pixels[c] / all));
        }

        if (withoutData > 0) table.AddRow("no data", $"{withoutData}", Readable.Percent(withoutData / all));
        return table;
    }

    /// <summary>Counts of pixels: true classes in rows, predicted ones in columns.</summary>
    public static Table Confusion(IReadOnlyList<string> classNames, ConfusionMatrix matrix)
    {
        Table table = New(["truth \\ map", .. classNames]);
        for (int label = 0; label < matrix.Classes; label++)
        {
            table.AddRow([Markup.Escape(classNames[label]),
                .. Enumerable.Range(0, matrix.Classes).Select(predicted => $"{matrix[label, predicted]}")]);
        }

        return table;
    }
}
