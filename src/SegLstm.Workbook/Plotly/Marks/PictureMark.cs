using System.Text.Json.Nodes;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>A picture, pixel for pixel, with a legend of its colours where they mean something.</summary>
internal sealed record PictureMark(RgbImage Picture, IReadOnlyList<LegendEntry> Legend) : Mark("", "")
{
    internal override IReadOnlyList<string> LegendEntries => [.. Legend.Select(e => $"{e.Name} ({e.Share})")];

    internal override string Describe() => $"picture of {Picture.Width} x {Picture.Height} pixels"
        + (Legend.Count == 0 ? "" : ": " + string.Join(", ", LegendEntries));

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        yield return new JsonObject
        {
            ["type"] = "image",
            ["source"] = Picture.ToDataUri(),
            ["hovertemplate"] = panel.Hover(""),
        };
        for (int i = 0; i < Legend.Count; i++)
        {
            // Pictures have no legend: points without a place stand in for the classes.
            yield return new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["x"] = new JsonArray((JsonNode?)null),
                ["y"] = new JsonArray((JsonNode?)null),
                ["name"] = Caption.Escape(LegendEntries[i]),
                ["showlegend"] = true,
                ["marker"] = new JsonObject
                {
                    ["symbol"] = "square", ["size"] = 12, ["color"] = Legend[i].Color.ToString(),
                    ["line"] = new JsonObject { ["width"] = 1, ["color"] = "#666666" },
                },
            };
        }
    }
}
