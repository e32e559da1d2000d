using System.Globalization;
using System.Text;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Figures;

/// <summary>
/// A line chart as SVG: axes with units, ticks at round numbers, a legend, colours that colour-blind readers tell apart.
/// The same data give the same bytes.
/// </summary>
public sealed record LineChart
{
    private const double Width = 640, Height = 320, Left = 64, Right = 16, Top = 58, Bottom = 48;
    private const double LegendRow = 18, LetterWidth = 6.6;

    /// <summary>What the chart shows; drawn above it and read out by screen readers.</summary>
    public required string Title { get; init; }

    /// <summary>Name and unit of the abscissa, such as "optimizer step".</summary>
    public required string XLabel { get; init; }

    /// <summary>Name and unit of the ordinate, such as "mIoU (%)".</summary>
    public required string YLabel { get; init; }

    /// <summary>The lines; later ones lie above earlier ones.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Dashed horizontal lines to read the others against.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    /// <summary>Draws the chart.</summary>
    /// <exception cref="ArgumentException">A line has not as many ordinates as abscissas, or its abscissas fall.</exception>
    public string ToSvg()
    {
        foreach (Series series in Series) Check(series);
        var finite = Series.SelectMany(s => s.X.Zip(s.Y)).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)).ToArray();
        var heights = finite.Select(p => p.Second).Concat(References.Select(r => r.Y).Where(double.IsFinite)).DefaultIfEmpty(0).ToArray();
        Ticks xs = finite.Length == 0 ? Ticks.Around(0, 1) : Ticks.Around(finite.Min(p => p.First), finite.Max(p => p.First), 8);
        Ticks ys = Ticks.Around(heights.Min(), heights.Max());
        var entries = Entries();
        var rows = LegendRows(entries);
        double top = Top + (rows.Count - 1) * LegendRow, height = Height + (rows.Count - 1) * LegendRow;
        var plot = new Plot(xs, ys, Left, top, Width - Right, height - Bottom);

        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Coordinate(Width)} {Coordinate(height)}\" role=\"img\" ");
        svg.Append($"aria-label=\"{Escape(Description(finite.Length > 0))}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#222\">\n");
        svg.Append($"<text x=\"{Coordinate(Left)}\" y=\"18\" font-size=\"14\" font-weight=\"600\">{Escape(Title)}</text>\n");
        AppendLegend(svg, rows);
        plot.AppendAxes(svg, XLabel, YLabel);
        foreach (ReferenceLine reference in References.Where(r => double.IsFinite(r.Y)))
        {
            string y = Coordinate(plot.Y(reference.Y));
            svg.Append($"<path d=\"M{Coordinate(plot.Left)} {y}H{Coordinate(plot.Right)}\" stroke=\"{Entry.ReferenceColor}\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>\n");
        }

        for (int i = 0; i < Series.Count; i++) plot.AppendLine(svg, Series[i], entries[i].Color);
        if (finite.Length == 0)
            svg.Append($"<text x=\"{Coordinate(Width / 2)}\" y=\"{Coordinate(height / 2)}\" text-anchor=\"middle\" fill=\"#555\">no data</text>\n");
        return svg.Append("</svg>").ToString();
    }

    private static void Check(Series series)
    {
        if (series.X.Count != series.Y.Count)
            throw new ArgumentException($"'{series.Name}' has {series.X.Count} abscissas and {series.Y.Count} ordinates: expected as many of each.");
        for (int i = 1; i < series.X.Count; i++)
        {
            if (!(series.X[i] >= series.X[i - 1]))
                throw new ArgumentException($"'{series.Name}' goes from x = {series.X[i - 1]} back to {series.X[i]}: expected rising abscissas.");
        }
    }

    private string Description(bool any) => any
        ? $"{Title}: {YLabel} over {XLabel}. " + string.Join(" ", Series.Where(s => s.Y.Any(double.IsFinite)).Select(
            s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} ends at {s.Y.Last(double.IsFinite):G4}.")))
        : $"{Title}: no data.";

    private List<Entry> Entries()
    {
        // A line that was not given a colour gets one that no other line was given.
        string[] free = [.. Enumerable.Range(0, OkabeIto.LineColors).Select(OkabeIto.Line).Except(Series.Select(s => s.Color).OfType<string>())];
        int next = 0;
        var entries = Series.Select(s => new Entry(s.Name, s.Color ?? (free.Length > 0 ? free[next++ % free.Length] : OkabeIto.Line(next++)), s.Faint, false)).ToList();
        entries.AddRange(References.Where(r => double.IsFinite(r.Y)).Select(r => new Entry(r.Name, Entry.ReferenceColor, false, true)));
        return entries;
    }

    // Entries that do not fit beside each other go to a row below.
    private static List<List<(Entry Entry, double X)>> LegendRows(List<Entry> entries)
    {
        List<List<(Entry, double)>> rows = [[]];
        double x = Left;
        foreach (Entry entry in entries)
        {
            double width = 44 + entry.Name.Length * LetterWidth;
            if (rows[^1].Count > 0 && x + width > Width)
            {
                rows.Add([]);
                x = Left;
            }

            rows[^1].Add((entry, x));
            x += width;
        }

        return rows;
    }

    private static void AppendLegend(StringBuilder svg, List<List<(Entry Entry, double X)>> rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            double y = 36 + row * LegendRow;
            foreach ((Entry entry, double x) in rows[row])
            {
                string dash = entry.Dashed ? " stroke-dasharray=\"6 4\"" : "", pale = entry.Faint ? " stroke-opacity=\"0.4\"" : "";
                svg.Append($"<path d=\"M{Coordinate(x)} {Coordinate(y)}h24\" stroke=\"{entry.Color}\" stroke-width=\"2\"{dash}{pale}/>");
                svg.Append($"<text x=\"{Coordinate(x + 30)}\" y=\"{Coordinate(y + 4)}\">{Escape(entry.Name)}</text>\n");
            }
        }
    }

    private sealed record Entry(string Name, string Color, bool Faint, bool Dashed)
    {
        internal const string ReferenceColor = "#555555";
    }
}
