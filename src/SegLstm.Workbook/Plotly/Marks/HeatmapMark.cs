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
        + (Height > 1 || Width > 1 ? $", drawn as means of {Height} x {Width}" : "");

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        var shown = Numbers.Reduced(Height, Width);
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
        Place(trace, "x", X, Width);
        Place(trace, "y", Y, Height);
        yield return trace;
    }

    // Of a block: each axis has its own, for a matrix may be long in one direction alone.
    private int Height => BlockOf(Numbers.Rows);

    private int Width => BlockOf(Numbers.Columns);

    private static int BlockOf(int count) => (count + Most - 1) / Most;

    // Blocks stand at their middles.
    private static void Place(JsonObject trace, string axis, Values? places, int block)
    {
        if (places is not null)
            trace[axis] = Plotly.Numbers.Json(block == 1 ? places : places.Chunk(block).Select(b => (b[0] + b[^1]) / 2), places.Single);
        else if (block > 1)
            (trace[axis + "0"], trace["d" + axis]) = ((block - 1) / 2.0, block);
    }

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
