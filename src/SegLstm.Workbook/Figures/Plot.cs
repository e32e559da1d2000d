using System.Text;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Figures;

/// <summary>The rectangle between the axes: from values to places, and what is drawn there.</summary>
internal sealed class Plot(Ticks xs, Ticks ys, double left, double top, double right, double bottom)
{
    internal double Left => left;

    internal double Right => right;

    internal double X(double value) => left + (value - xs.Values[0]) / (xs.Values[^1] - xs.Values[0]) * (right - left);

    internal double Y(double value) => bottom - (value - ys.Values[0]) / (ys.Values[^1] - ys.Values[0]) * (bottom - top);

    internal void AppendAxes(StringBuilder svg, string xLabel, string yLabel)
    {
        foreach (double value in ys.Values)
        {
            string y = Coordinate(Y(value));
            svg.Append($"<path d=\"M{Coordinate(left)} {y}H{Coordinate(right)}\" stroke=\"#ddd\"/>");
            svg.Append($"<text x=\"{Coordinate(left - 8)}\" y=\"{Coordinate(Y(value) + 4)}\" text-anchor=\"end\">{ys.Text(value)}</text>\n");
        }

        foreach (double value in xs.Values)
        {
            svg.Append($"<path d=\"M{Coordinate(X(value))} {Coordinate(bottom)}v5\" stroke=\"#555\"/>");
            svg.Append($"<text x=\"{Coordinate(X(value))}\" y=\"{Coordinate(bottom + 18)}\" text-anchor=\"middle\">{xs.Text(value)}</text>\n");
        }

        svg.Append($"<path d=\"M{Coordinate(left)} {Coordinate(top)}V{Coordinate(bottom)}H{Coordinate(right)}\" fill=\"none\" stroke=\"#555\"/>\n");
        string middle = Coordinate((left + right) / 2), height = Coordinate((top + bottom) / 2);
        svg.Append($"<text x=\"{middle}\" y=\"{Coordinate(bottom + 38)}\" text-anchor=\"middle\">{Escape(xLabel)}</text>\n");
        svg.Append($"<text transform=\"translate(16 {height}) rotate(-90)\" text-anchor=\"middle\">{Escape(yLabel)}</text>\n");
    }

    internal void AppendLine(StringBuilder svg, Series series, string color)
    {
        var stroke = series.Faint ? "stroke-width=\"1\" stroke-opacity=\"0.4\"" : "stroke-width=\"2\"";
        var path = new StringBuilder();
        var dots = new StringBuilder();
        foreach (var run in Runs(series))
        {
            var points = Thinning.Keep(run, 0.5);
            for (int i = 0; i < points.Count; i++)
            {
                path.Append(i == 0 ? 'M' : 'L').Append(Coordinate(points[i].X)).Append(' ').Append(Coordinate(points[i].Y));
                // A point between two gaps has no line to be seen by.
                if (series.Markers || points.Count == 1)
                    dots.Append($"<circle cx=\"{Coordinate(points[i].X)}\" cy=\"{Coordinate(points[i].Y)}\" r=\"3\" fill=\"{color}\"/>");
            }
        }

        if (path.Length > 0)
            svg.Append($"<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" {stroke} stroke-linejoin=\"round\"/>{dots}\n");
    }

    // The stretches between the points that cannot be drawn.
    private IEnumerable<IReadOnlyList<(double X, double Y)>> Runs(Series series)
    {
        var run = new List<(double, double)>();
        for (int i = 0; i < series.X.Count; i++)
        {
            if (double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]))
            {
                run.Add((X(series.X[i]), Y(series.Y[i])));
                continue;
            }

            if (run.Count > 0) yield return run;
            run = [];
        }

        if (run.Count > 0) yield return run;
    }
}
