using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly.Marks;

/// <summary>Something drawn between the axes of a panel.</summary>
/// <param name="Name">What the legend calls it, empty for nothing.</param>
/// <param name="Color">`#RRGGBB`.</param>
internal abstract record Mark(string Name, string Color)
{
    /// <summary>Its entries in the legend.</summary>
    internal virtual IReadOnlyList<LegendItem> Legend => Name.Length == 0 ? [] : [new LegendItem(Name, Color, Glyph)];

    /// <summary>What is drawn along the horizontal axis, as far as it sets its length.</summary>
    internal virtual IEnumerable<double> Abscissas => [];

    /// <summary>What is drawn along the vertical axis, as far as it sets its length.</summary>
    internal virtual IEnumerable<double> Ordinates => [];

    private protected virtual string Glyph => "■";

    /// <summary>The title of its colour bar; null where it has none.</summary>
    internal virtual string? ColorBar => null;

    /// <summary>One line for people who cannot see it.</summary>
    internal abstract string Describe();

    /// <summary>Its Plotly traces, without their axes.</summary>
    /// <param name="panel">Where it is drawn.</param>
    internal abstract IEnumerable<JsonObject> Traces(Panel panel);

    private protected static IEnumerable<double> Finite(IEnumerable<double> numbers) => numbers.Where(double.IsFinite);

    private protected static string Span(string unit, IEnumerable<double> numbers)
    {
        var finite = Finite(numbers).ToArray();
        return finite.Length == 0 ? "no finite value" : Numbers.Text(finite.Min()) + " to " + Numbers.Text(finite.Max()) + unit;
    }
}
