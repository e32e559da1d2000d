using System.Globalization;
using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>A bar for each category.</summary>
internal sealed record BarMark(IReadOnlyList<string> Categories, Values Heights, string Name, string Color, Values? Errors)
    : Mark(Name, Color)
{
    internal override IEnumerable<double> Ordinates => Heights;

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"bars \"{Name}\": ")
        + string.Join(", ", Categories.Take(12).Select((c, i) => $"{c} {Numbers.Text(Heights[i])}"))
        + (Categories.Count > 12 ? ", …" : "");

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        var trace = new JsonObject
        {
            ["type"] = "bar",
            ["x"] = Numbers.Json(Categories),
            ["y"] = Numbers.Json(Heights, Heights.Single),
            ["marker"] = new JsonObject { ["color"] = Color },
            ["hovertemplate"] = panel.Hover(Name),
        };
        if (Errors is not null)
        {
            trace["error_y"] = new JsonObject
            {
                ["type"] = "data", ["array"] = Numbers.Json(Errors, Errors.Single), ["visible"] = true, ["thickness"] = 1.5,
                ["width"] = 4,
            };
        }

        yield return trace;
    }
}
