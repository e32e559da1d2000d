using System.Text.Json.Nodes;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>A picture, pixel for pixel, with a legend of its colours where they mean something.</summary>
internal sealed record PictureMark(RgbImage Picture, IReadOnlyList<LegendEntry> Classes) : Mark("", "")
{
    internal override IReadOnlyList<LegendItem> Legend =>
        [.. Classes.Select(e => new LegendItem($"{e.Name} ({e.Share})", e.Color.ToString(), "■"))];

    internal override string Describe() => $"picture of {Picture.Width} x {Picture.Height} pixels"
        + (Classes.Count == 0 ? "" : ": " + string.Join(", ", Legend.Select(e => e.Text)));

    internal override IEnumerable<JsonObject> Traces(Panel panel)
    {
        yield return new JsonObject
        {
            ["type"] = "image",
            ["source"] = Picture.ToDataUri(),
            ["hovertemplate"] = panel.Hover(""),
        };
        foreach (LegendItem item in Legend)
        {
            // Pictures have no legend: points without a place stand in for the classes.
            yield return new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["x"] = new JsonArray((JsonNode?)null),
                ["y"] = new JsonArray((JsonNode?)null),
                ["name"] = Caption.Escape(item.Text),
                ["showlegend"] = true,
                ["marker"] = new JsonObject
                {
                    ["symbol"] = "square", ["size"] = 12, ["color"] = item.Color,
                    ["line"] = new JsonObject { ["width"] = 1, ["color"] = "#666666" },
                },
            };
        }
    }
}
