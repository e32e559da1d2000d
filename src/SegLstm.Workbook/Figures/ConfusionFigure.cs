using System.Globalization;
using System.Text;
using SegLstm.Metrics;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Figures;

/// <summary>
/// A confusion matrix as SVG: each row is a true class, each cell the share of that class's pixels that were predicted as
/// the column's class, darker for more.
/// </summary>
public static class ConfusionFigure
{
    private const double Cell = 84, RowHeight = 44, Top = 78, LetterWidth = 6.8;

    /// <summary>Draws the matrix.</summary>
    /// <param name="matrix">Counts of pixels.</param>
    /// <param name="names">Class names in label order.</param>
    /// <param name="title">What is shown, drawn above it.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public static string ToSvg(ConfusionMatrix matrix, IReadOnlyList<string> names, string title)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (names.Count != matrix.Classes)
            throw new ArgumentException($"{names.Count} names for a matrix of {matrix.Classes} classes: expected one a class.", nameof(names));
        double left = 40 + names.Max(n => n.Length) * LetterWidth;
        double cell = Math.Max(Cell, 12 + names.Max(n => n.Length) * LetterWidth);
        double width = left + names.Count * cell + 12, height = Top + names.Count * RowHeight + 12;

        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Coordinate(width)} {Coordinate(height)}\" role=\"img\" ");
        svg.Append($"aria-label=\"{Escape(Description(matrix, names, title))}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#222\">\n");
        svg.Append($"<text x=\"{Coordinate(left)}\" y=\"18\" font-size=\"14\" font-weight=\"600\">{Escape(title)}</text>\n");
        svg.Append($"<text x=\"{Coordinate(left + names.Count * cell / 2)}\" y=\"44\" text-anchor=\"middle\" fill=\"#555\">predicted class</text>\n");
        svg.Append($"<text transform=\"translate(14 {Coordinate(Top + names.Count * RowHeight / 2)}) rotate(-90)\" text-anchor=\"middle\" fill=\"#555\">true class</text>\n");
        for (int i = 0; i < names.Count; i++)
        {
            svg.Append($"<text x=\"{Coordinate(left + (i + 0.5) * cell)}\" y=\"{Coordinate(Top - 8)}\" text-anchor=\"middle\">{Escape(names[i])}</text>");
            svg.Append($"<text x=\"{Coordinate(left - 8)}\" y=\"{Coordinate(Top + (i + 0.5) * RowHeight + 4)}\" text-anchor=\"end\">{Escape(names[i])}</text>\n");
        }

        for (int truth = 0; truth < names.Count; truth++)
        {
            for (int guess = 0; guess < names.Count; guess++)
                AppendCell(svg, matrix, truth, guess, left + guess * cell, Top + truth * RowHeight, cell);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void AppendCell(StringBuilder svg, ConfusionMatrix matrix, int truth, int guess, double x, double y, double cell)
    {
        long count = matrix[truth, guess], labelled = matrix.Labels(truth);
        double share = labelled == 0 ? 0 : (double)count / labelled;
        // From white to Okabe and Ito's blue (0, 114, 178); white letters where they are the more legible ones.
        string fill = $"#{Mix(0, share):X2}{Mix(114, share):X2}{Mix(178, share):X2}", ink = share > 0.55 ? "#fff" : "#222";
        string text = labelled == 0 ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
        svg.Append($"<rect x=\"{Coordinate(x)}\" y=\"{Coordinate(y)}\" width=\"{Coordinate(cell)}\" height=\"{Coordinate(RowHeight)}\" fill=\"{fill}\" stroke=\"#bbb\"/>");
        svg.Append($"<text x=\"{Coordinate(x + cell / 2)}\" y=\"{Coordinate(y + 20)}\" text-anchor=\"middle\" fill=\"{ink}\">{text}</text>");
        svg.Append($"<text x=\"{Coordinate(x + cell / 2)}\" y=\"{Coordinate(y + 35)}\" text-anchor=\"middle\" font-size=\"10\" fill=\"{ink}\">{count.ToString("N0", CultureInfo.InvariantCulture)} px</text>\n");
    }

    private static int Mix(int full, double share) => (int)Math.Round(255 + share * (full - 255), MidpointRounding.AwayFromZero);

    private static string Description(ConfusionMatrix matrix, IReadOnlyList<string> names, string title) =>
        $"{title}. " + string.Join(" ", Enumerable.Range(0, names.Count).Where(i => matrix.Labels(i) > 0).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"Of {names[i]}, {100.0 * matrix.Hits(i) / matrix.Labels(i):0.0} % are found.")));
}
