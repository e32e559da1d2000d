using System.Globalization;
using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>The area between two lines, paler than the line it belongs to.</summary>
internal sealed record BandMark(Values X, Values Low, Values High, string Name, string Color) : Mark(Name, Color)
{
    private const double Opacity = 0.22;

    internal override IEnumerable<double> Abscissas => X;

    internal override IEnumerable<double> Ordinates => Low.Concat(High);

    internal override IReadOnlyList<LegendItem> Legend => Name.Length == 0 ? [] : [new LegendItem(Name, Fill(0.5), "■")];

    private string Fill(double opacity) =>
        string.Create(CultureInfo.InvariantCulture, $"rgba({Channel(1)},{Channel(3)},{Channel(5)},{opacity})");

    internal override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"band \"{Name}\": {X.Count:N0} points, y {Span("", Low.Concat(High))}");

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        yield return Edge(panel, Low, "lower bound");
        var upper = Edge(panel, High, "upper bound");
        upper["fill"] = "tonexty";
        upper["fillcolor"] = Fill(Opacity);
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
