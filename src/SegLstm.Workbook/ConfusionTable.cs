using System.Globalization;
using SegLstm.Data;
using SegLstm.Metrics;

namespace SegLstm.Workbook;

/// <summary>A confusion matrix with the names of its classes, to show in a notebook.</summary>
public sealed class ConfusionTable
{
    internal ConfusionTable(ConfusionMatrix matrix, IReadOnlyList<string> names, string title) =>
        (Matrix, Names, Title) = (matrix, names, title);

    /// <summary>Counts of pixels.</summary>
    public ConfusionMatrix Matrix { get; }

    /// <summary>Class names in label order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What stands above it.</summary>
    public string Title { get; }

    /// <summary>The matrix in plain text: the share of each true class's pixels, in percent, and the counts.</summary>
    public override string ToString()
    {
        var table = new Table([.. Names.Prepend("true \\ predicted (%)"), "pixels"]).Titled(Title);
        for (int truth = 0; truth < Names.Count; truth++)
            table.Row([Names[truth], .. Names.Select((_, guess) =>
                (object)$"{Share(truth, guess)} ({Count(Matrix[truth, guess])})"), Matrix.Labels(truth)]);
        return table.ToString();
    }

    /// <summary>The share of a true class's pixels in percent; a dash where the class never occurs.</summary>
    internal string Share(int truth, int guess) => Matrix.Labels(truth) == 0
        ? "–"
        : (100.0 * Matrix[truth, guess] / Matrix.Labels(truth)).ToString("0.0", CultureInfo.InvariantCulture);

    internal static string Count(long pixels) => pixels.ToString("N0", CultureInfo.InvariantCulture);

    internal static IReadOnlyList<string> NamesOf(ConfusionMatrix matrix, ClassLegend? legend)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (legend is null) return [.. Enumerable.Range(0, matrix.Classes).Select(c => $"class {c}")];
        return legend.Count == matrix.Classes
            ? legend.Names
            : throw new ArgumentException($"A legend of {legend.Count} classes ({string.Join(", ", legend.Names)}) for a matrix of {matrix.Classes}.", nameof(legend));
    }
}
