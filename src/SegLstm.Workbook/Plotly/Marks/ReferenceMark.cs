using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>A dashed line across the panel that the others are read against. It is a shape of the layout, not a trace.</summary>
/// <param name="At">Where it lies.</param>
/// <param name="Vertical">Whether it stands at an x.</param>
/// <param name="Name">What is written beside it.</param>
internal sealed record ReferenceMark(double At, bool Vertical, string Name) : Mark(Name, "")
{
    internal override IReadOnlyList<LegendItem> Legend => [];

    internal override IEnumerable<double> Abscissas => Vertical ? [At] : [];

    internal override IEnumerable<double> Ordinates => Vertical ? [] : [At];

    internal override string Describe() => $"line at {(Vertical ? "x" : "y")} = {Numbers.Text(At)}: {Name}";

    internal override IEnumerable<JsonObject> Traces(Panel panel) => [];

    /// <summary>The line and its text.</summary>
    /// <param name="axis">The number of the panel's axes as Plotly writes it, empty for the first.</param>
    /// <param name="panel">What else is drawn: the text stands where less of it is.</param>
    internal JsonObject Shape(string axis, Panel panel) => new()
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
            ["text"] = "\u00A0" + Caption.Escape(Name) + "\u00A0",
            ["textposition"] = Crowd(panel, first: true) < Crowd(panel, first: false) ? "start" : "end",
            ["xanchor"] = Vertical ? "auto" : Crowd(panel, first: true) < Crowd(panel, first: false) ? "left" : "right",
            ["yanchor"] = Vertical ? "auto" : "bottom", ["font"] = new JsonObject { ["size"] = 12 },
        },
    };

    // How many points of the other marks lie in the first or the last third, just above a horizontal line.
    private int Crowd(Panel panel, bool first)
    {
        if (Vertical) return first ? 1 : 0;
        var marks = panel.Marks.Where(m => m is LineMark or ScatterMark or BandMark).ToArray();
        double Place(double value, AxisScale scale) => scale == AxisScale.Log ? Math.Log10(value) : value;
        double[] xs = [.. Finite(marks.SelectMany(m => m.Abscissas).Select(v => Place(v, panel.X!.Scale)))];
        double[] ys = [.. Finite(marks.SelectMany(m => m.Ordinates).Select(v => Place(v, panel.Y!.Scale)))];
        if (xs.Length == 0 || ys.Length == 0) return 0;
        double third = (xs.Max() - xs.Min()) / 3, height = ys.Max() - ys.Min(), at = Place(At, panel.Y!.Scale);
        return marks.Sum(mark => mark.Abscissas.Zip(mark.Ordinates).Count(point =>
        {
            double x = Place(point.First, panel.X!.Scale), y = Place(point.Second, panel.Y.Scale);
            return (first ? x <= xs.Min() + third : x >= xs.Max() - third) && y >= at - (0.05 * height)
                && y <= at + (0.15 * height);
        }));
    }
}
