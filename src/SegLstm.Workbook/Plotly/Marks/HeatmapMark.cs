using System.Globalization;
using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>A matrix as colours, with a bar that says which colour is which number.</summary>
internal sealed record HeatmapMark(Matrix Numbers, Axis Quantity, ColorScale Scale, (double Low, double High)? Range)
    : Mark("", "")
{
    /// <summary>Rows and columns of which a notebook still shows every one.</summary>
    private const int Most = 512;

    internal Values? X { get; init; }

    internal Values? Y { get; init; }

    internal override string? ColorBar => Quantity.Label;

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"heatmap of {Quantity.Label}: {Numbers.Rows:N0} rows x {Numbers.Columns:N0} columns, {Span("", Numbers.Numbers.ToArray())}")
        + (Block > 1 ? $", drawn as means of {Block} x {Block}" : "");

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        var shown = Numbers.Reduced(Most);
        var (low, high) = Limits();
        var trace = new JsonObject
        {
            ["type"] = "heatmap",
            ["z"] = Plotly.Numbers.Json(shown),
            ["zmin"] = low,
            ["zmax"] = high,
            ["colorscale"] = new JsonArray([.. Scale.Stops.Select((color, i) =>
                (JsonNode)new JsonArray((double)i / (Scale.Stops.Count - 1), color.ToString()))]),
            ["hovertemplate"] = $"{Panel.Line(panel.X!, "x")}<br>{Panel.Line(panel.Y!, "y")}<br>{Panel.Line(Quantity, "z")}<extra></extra>",
            ["hoverongaps"] = false,
        };
        if (X is not null && Block == 1) trace["x"] = Plotly.Numbers.Json(X, X.Single);
        else if (Block > 1) (trace["x0"], trace["dx"]) = ((Block - 1) / 2.0, Block);
        if (Y is not null && Block == 1) trace["y"] = Plotly.Numbers.Json(Y, Y.Single);
        else if (Block > 1) (trace["y0"], trace["dy"]) = ((Block - 1) / 2.0, Block);
        yield return trace;
    }

    private int Block => Math.Max((Numbers.Rows + Most - 1) / Most, (Numbers.Columns + Most - 1) / Most);

    private (double Low, double High) Limits()
    {
        if (Range is { } given) return given;
        var finite = Finite(Numbers.Numbers.ToArray()).DefaultIfEmpty(0).ToArray();
        double low = finite.Min(), high = finite.Max();
        if (!Scale.IsDiverging) return low < high ? (low, high) : (low - 0.5, high + 0.5);
        double far = Math.Max(Math.Abs(low), Math.Abs(high));
        return far > 0 ? (-far, far) : (-1, 1);
    }
}
