using System.Text;

namespace SegLstm.Workbook.Plotly;

/// <summary>Says in words what a figure shows: for screen readers, logs, and front ends that draw nothing.</summary>
internal static class FigureText
{
    internal static string Of(Figure figure)
    {
        var text = new StringBuilder($"Figure: {(figure.Title.Length > 0 ? figure.Title : "untitled")}");
        foreach (Panel panel in figure.Panels)
        {
            string indent = figure.Panels.Count > 1 ? "    " : "  ";
            if (figure.Panels.Count > 1) text.Append($"\n  Panel: {panel.Title}");
            text.Append($"\n{indent}x: {Words(panel.X)}\n{indent}y: {Words(panel.Y)}");
            foreach (var mark in panel.Marks) text.Append($"\n{indent}{mark.Describe()}");
        }

        return text.ToString();
    }

    /// <summary>The same in one line.</summary>
    internal static string Line(Figure figure) =>
        string.Join("; ", Of(figure).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) + ".";

    private static string Words(Axis? axis) => axis is null
        ? "not named yet"
        : axis.Label + (axis.Scale == AxisScale.Log ? ", logarithmic" : "")
            + (axis.Range is { } range ? $", {Numbers.Text(range.Low)} to {Numbers.Text(range.High)}" : "");
}
