using System.Text.Json.Nodes;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Plotly;

/// <summary>Fonts, background and grid of a theme, as Plotly templates.</summary>
internal static class Template
{
    internal static JsonObject Of(Theme theme) => theme == Theme.Dark
        ? Make("#16181C", "#E6E6E6", "#3A3F47", "#8A9099")
        : Make("#FFFFFF", "#222222", "#E2E2E2", "#888888");

    private static JsonObject Make(string paper, string ink, string grid, string line)
    {
        JsonObject Axis() => new()
        {
            ["gridcolor"] = grid,
            ["zeroline"] = false,
            ["linecolor"] = line,
            ["showline"] = true,
            ["ticks"] = "outside",
            ["tickcolor"] = line,
            ["automargin"] = true,
            ["title"] = new JsonObject { ["standoff"] = 10, ["font"] = new JsonObject { ["size"] = 13 } },
        };

        return new JsonObject
        {
            ["layout"] = new JsonObject
            {
                ["paper_bgcolor"] = paper,
                ["plot_bgcolor"] = paper,
                ["font"] = new JsonObject
                {
                    ["family"] = "system-ui, 'Segoe UI', 'DejaVu Sans', Verdana, sans-serif", ["size"] = 12.5, ["color"] = ink,
                },
                ["colorway"] = new JsonArray([.. Enumerable.Range(0, 6).Select(i => (JsonNode)OkabeIto.Line(i))]),
                ["xaxis"] = Axis(),
                ["yaxis"] = Axis(),
                ["legend"] = new JsonObject { ["bgcolor"] = "rgba(0,0,0,0)", ["font"] = new JsonObject { ["size"] = 12 } },
                ["hoverlabel"] = new JsonObject { ["font"] = new JsonObject { ["size"] = 12.5 } },
                ["modebar"] = new JsonObject { ["bgcolor"] = "rgba(0,0,0,0)", ["color"] = line, ["activecolor"] = ink },
                ["hovermode"] = "closest",
            },
        };
    }
}
