using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>A dashed line across the panel that the others are read against. It is a shape of the layout, not a trace.</summary>
/// <param name="At">Where it lies.</param>
/// <param name="Vertical">Whether it stands at an x.</param>
/// <param name="Name">What is written beside it.</param>
internal sealed record ReferenceMark(double At, bool Vertical, string Name) : Mark(Name, "")
{
    internal override IReadOnlyList<string> LegendEntries => [];

    internal override string Describe() => $"line at {(Vertical ? "x" : "y")} = {Numbers.Text(At)}: {Name}";

    internal override IEnumerable<JsonObject> Traces(Panel panel) => [];

    /// <summary>The line and its text.</summary>
    /// <param name="axis">The number of the panel's axes as Plotly writes it, empty for the first.</param>
    internal JsonObject Shape(string axis) => new()
    {
        ["type"] = "line",
        ["xref"] = Vertical ? "x" + axis : $"x{axis} domain",
        ["yref"] = Vertical ? $"y{axis} domain" : "y" + axis,
        ["x0"] = Vertical ? At : 0,
        ["x1"] = Vertical ? At : 1,
        ["y0"] = Vertical ? 0 : At,
        ["y1"] = Vertical ? 1 : At,
        ["line"] = new JsonObject { ["width"] = 1.5, ["dash"] = "dash", ["color"] = "#888888" },
        ["label"] = new JsonObject
        {
            ["text"] = Caption.Escape(Name), ["textposition"] = "end", ["xanchor"] = "right",
            ["yanchor"] = "bottom", ["font"] = new JsonObject { ["size"] = 12 },
        },
    };
}
