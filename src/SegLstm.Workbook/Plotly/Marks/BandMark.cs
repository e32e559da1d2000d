using System.Globalization;
using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>The area between two lines, paler than the line it belongs to.</summary>
internal sealed record BandMark(Values X, Values Low, Values High, string Name, string Color) : Mark(Name, Color)
{
    private const string Opacity = "0.22";

    internal override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"band \"{Name}\": {X.Count:N0} points, y {Span("", Low.Concat(High))}");

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        yield return Edge(panel, Low, "lower bound");
        var upper = Edge(panel, High, "upper bound");
        upper["fill"] = "tonexty";
        upper["fillcolor"] = $"rgba({Channel(1)},{Channel(3)},{Channel(5)},{Opacity})";
        yield return upper;
    }

    private JsonObject Edge(Panel panel, Values y, string bound) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = Numbers.Json(X, X.Single),
        ["y"] = Numbers.Json(y, y.Single),
        ["line"] = new JsonObject { ["color"] = Color, ["width"] = 0 },
        ["hovertemplate"] = panel.Hover(Name.Length == 0 ? bound : $"{Name}, {bound}"),
    };

    private int Channel(int at) => int.Parse(Color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
