using SegLstm.Workbook.Plotly.Marks;

namespace SegLstm.Workbook.Plotly;

/// <summary>A pair of axes and what is drawn between them.</summary>
internal sealed class Panel
{
    internal string Title { get; init; } = "";

    internal Axis? X { get; set; }

    internal Axis? Y { get; set; }

    internal List<Mark> Marks { get; init; } = [];

    internal bool Stacked { get; set; }

    /// <summary>Whether rows go down, as in a matrix or a picture.</summary>
    internal bool RowsGoDown { get; set; }

    /// <summary>Width over height where a unit is as long on both axes, as in a picture; null where it need not be.</summary>
    internal double? Aspect { get; set; }

    /// <summary>How many marks have taken a colour of their own.</summary>
    internal int Colors { get; set; }

    internal IReadOnlyList<LegendItem> Legend => [.. Marks.SelectMany(m => m.Legend)];

    internal bool HasColorBar => Marks.Exists(m => m.ColorBar is not null);

    /// <summary>What a pointer over a point says.</summary>
    /// <param name="name">The mark's name.</param>
    /// <param name="text">Whether each point has a text of its own, which comes first.</param>
    internal string Hover(string name, bool text = false) =>
        (text ? "%{text}<br>" : "") + $"{Line(X!, "x")}<br>{Line(Y!, "y")}<extra>{Caption.Escape(name)}</extra>";

    internal static string Line(Axis axis, string variable) =>
        $"{Caption.Escape(axis.Title)}: %{{{variable}}}" + (axis.Unit.Length == 0 ? "" : " " + Caption.Escape(axis.Unit));

    internal Panel Copy(string title) => new()
    {
        Title = title, X = X, Y = Y, Marks = [.. Marks], Stacked = Stacked, RowsGoDown = RowsGoDown, Aspect = Aspect,
        Colors = Colors,
    };
}
