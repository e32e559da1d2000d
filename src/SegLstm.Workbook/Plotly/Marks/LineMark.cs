using System.Globalization;
using System.Text.Json.Nodes;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>A line through points.</summary>
internal sealed record LineMark(Values X, Values Y, string Name, string Color, Stroke Stroke, bool Markers,
    IReadOnlyList<string>? Texts)
    : Mark(Name, Color)
{
    /// <summary>Points up to which nothing is left out.</summary>
    private const int Most = 4000;

    /// <summary>A column of thinned points is half a pixel of a wide figure.</summary>
    private const double Columns = 1600;

    internal override IEnumerable<double> Abscissas => X;

    internal override IEnumerable<double> Ordinates => Y;

    private protected override string Glyph => Stroke switch
    {
        Stroke.Dash => "╍",
        Stroke.Dot => "┅",
        Stroke.DashDot => "╍·",
        _ => "━",
    };

    internal override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"line \"{Name}\": {Y.Count:N0} points, y {Span("", Y)}");

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        var (x, y) = Thinned(panel.X!.Scale);
        var trace = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = Markers ? "lines+markers" : "lines",
            ["x"] = Numbers.Json(x, X.Single),
            ["y"] = Numbers.Json(y, Y.Single),
            ["line"] = new JsonObject { ["color"] = Color, ["width"] = 2, ["dash"] = Stroke.ToString().ToLowerInvariant() },
            ["hovertemplate"] = panel.Hover(Name, Texts is not null),
        };
        if (Markers) trace["marker"] = new JsonObject { ["size"] = 6, ["color"] = Color };
        if (Texts is not null) trace["text"] = Numbers.Json(Texts);
        yield return trace;
    }

    // A text belongs to its point, so a line with texts keeps all points.
    private (IEnumerable<double> X, IEnumerable<double> Y) Thinned(AxisScale scale)
    {
        if (X.Count <= Most || Texts is not null || !Rises()) return (X, Y);
        double[] places = [.. X.Select(v => scale == AxisScale.Log ? Math.Log10(v) : v)];
        double low = Finite(places).DefaultIfEmpty(0).Min(), high = Finite(places).DefaultIfEmpty(1).Max();
        double column = Math.Max((high - low) / Columns, double.Epsilon);
        var kept = new List<int>();
        for (int start = 0; start < places.Length;)
        {
            int end = start;
            while (end < places.Length && IsDrawn(places[end], Y[end])) end++;
            if (end > start)
                kept.AddRange(Thinning.KeepIndices([.. Enumerable.Range(start, end - start)
                    .Select(i => (places[i], Y[i]))], column).Select(i => start + i));
            if (end < places.Length) kept.Add(end);
            start = end + 1;
        }

        return (kept.Select(i => X[i]), kept.Select(i => Y[i]));
    }

    private bool Rises()
    {
        for (int i = 1; i < X.Count; i++)
        {
            if (!(X[i] >= X[i - 1])) return false;
        }

        return true;
    }

    private static bool IsDrawn(double x, double y) => double.IsFinite(x) && double.IsFinite(y);
}
