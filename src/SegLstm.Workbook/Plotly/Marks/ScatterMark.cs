using System.Globalization;
using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>Points without a line.</summary>
internal sealed record ScatterMark(Values X, Values Y, string Name, string Color, double Size, IReadOnlyList<string>? Texts,
    int Shape, bool Outlined = false)
    : Mark(Name, Color)
{
    /// <summary>Points that a browser draws and hovers without delay.</summary>
    private const int Most = 20_000;

    /// <summary>Different shapes, so that colours are not the only difference.</summary>
    private static readonly string[] Shapes = ["circle", "square", "diamond", "triangle-up", "cross", "x"];

    private static readonly string[] Glyphs = ["●", "■", "◆", "▲", "✚", "✖"];

    internal override IEnumerable<double> Abscissas => X;

    internal override IEnumerable<double> Ordinates => Y;

    /// <summary>The shapes are moved on after each round, or the seventh points would be the first ones' double, colour and
    /// all.</summary>
    private int Symbol => (Shape + (Shape / Shapes.Length)) % Shapes.Length;

    private protected override string Glyph => Glyphs[Symbol];

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"points \"{Name}\": {X.Count:N0}, x {Span("", X)}, y {Span("", Y)}");

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        var kept = Kept();
        var trace = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["x"] = Numbers.Json(kept.Select(i => X[i]), X.Single),
            ["y"] = Numbers.Json(kept.Select(i => Y[i]), Y.Single),
            ["marker"] = new JsonObject
            {
                ["color"] = Color, ["size"] = Size, ["symbol"] = Shapes[Symbol],
                ["opacity"] = kept.Count > 500 ? 0.6 : 0.9,
            },
            ["hovertemplate"] = panel.Hover(Name, Texts is not null),
        };
        if (Outlined) trace["marker"]!["line"] = new JsonObject { ["width"] = 1, ["color"] = "#666666" };
        if (Texts is not null) trace["text"] = Numbers.Json(kept.Select(i => Texts[i]));
        yield return trace;
    }

    // Of many points the first in each cell of a fine grid: they cover the others.
    private IReadOnlyList<int> Kept()
    {
        int[] all = [.. Enumerable.Range(0, X.Count)];
        if (X.Count <= Most) return all;
        int[] drawn = [.. all.Where(i => double.IsFinite(X[i]) && double.IsFinite(Y[i]))];
        if (drawn.Length <= Most) return drawn;
        double left = drawn.Min(i => X[i]), width = drawn.Max(i => X[i]) - left;
        double bottom = drawn.Min(i => Y[i]), height = drawn.Max(i => Y[i]) - bottom;
        for (int cells = 400; ; cells /= 2)
        {
            int[] kept = [.. drawn.DistinctBy(i => (Cell(X[i] - left, width, cells), Cell(Y[i] - bottom, height, cells)))];
            if (kept.Length <= Most) return kept;
        }
    }

    private static int Cell(double offset, double length, int cells) => length > 0 ? (int)(offset / length * cells) : 0;
}
