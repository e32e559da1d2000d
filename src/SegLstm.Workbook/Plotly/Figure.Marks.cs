using SegLstm.Workbook.Figures;
using SegLstm.Workbook.Plotly.Marks;

namespace SegLstm.Workbook.Plotly;

public sealed partial class Figure
{
    /// <summary>Colours that stand out on light and on dark; black does not.</summary>
    private const int Colors = 6;

    /// <summary>Draws a line through points; it has a gap where a number is NaN or infinite.</summary>
    /// <param name="x">Abscissas.</param>
    /// <param name="y">Ordinates, as many.</param>
    /// <param name="name">What the legend calls it; empty for no entry.</param>
    /// <param name="stroke">Null: solid for the first six lines, dashed and dotted for more.</param>
    /// <param name="markers">Whether each point is marked.</param>
    /// <param name="color">`#RRGGBB`; null for the next colour of Okabe and Ito.</param>
    /// <param name="hover">A text for each point, shown when the pointer is over it; null for none.</param>
    /// <exception cref="ArgumentException">The counts differ, or the colour is none.</exception>
    public Figure Line(Values x, Values y, string name = "", Stroke? stroke = null, bool markers = false, string? color = null,
        IReadOnlyList<string>? hover = null)
    {
        SameCount(name, x.Count, ("ordinates", y.Count), ("hover texts", hover?.Count));
        int number = Only.Colors;
        Only.Marks.Add(new LineMark(x, y, name, Color(color), stroke ?? (Stroke)(number / Colors % 4), markers, hover));
        return this;
    }

    /// <summary>
    /// Fills the area between two lines, in the colour of the line drawn last: a spread, a confidence interval.
    /// </summary>
    /// <param name="x">Abscissas.</param>
    /// <param name="low">The lower edge, as many.</param>
    /// <param name="high">The upper edge, as many.</param>
    /// <param name="name">What the legend calls it, such as "5 to 95 % of 20 runs"; empty for no entry.</param>
    /// <param name="color">`#RRGGBB`; null for the last line's.</param>
    /// <exception cref="ArgumentException">The counts differ, or the colour is none.</exception>
    public Figure Band(Values x, Values low, Values high, string name = "", string? color = null)
    {
        SameCount(name, x.Count, ("lower ordinates", low.Count), ("upper ordinates", high.Count));
        string? last = Only.Marks.LastOrDefault(m => m.Color.Length > 0)?.Color;
        Only.Marks.Add(new BandMark(x, low, high, name, Color(color ?? last)));
        return this;
    }

    /// <summary>Draws points.</summary>
    /// <param name="x">Abscissas.</param>
    /// <param name="y">Ordinates, as many.</param>
    /// <param name="name">What the legend calls them; empty for no entry.</param>
    /// <param name="size">Diameter in pixels.</param>
    /// <param name="color">`#RRGGBB`; null for the next colour of Okabe and Ito.</param>
    /// <param name="hover">A text for each point, shown when the pointer is over it; null for none.</param>
    /// <param name="outlined">Whether points have a grey edge, so that white ones show on white.</param>
    /// <exception cref="ArgumentException">The counts differ, or the colour is none.</exception>
    public Figure Scatter(Values x, Values y, string name = "", double size = 7, string? color = null,
        IReadOnlyList<string>? hover = null, bool outlined = false)
    {
        SameCount(name, x.Count, ("ordinates", y.Count), ("hover texts", hover?.Count));
        // Points in colours of their own are told apart by their shapes too.
        int number = color is null ? Only.Colors : Only.Marks.Count(mark => mark is ScatterMark);
        Only.Marks.Add(new ScatterMark(x, y, name, Color(color), size, hover, number, outlined));
        return this;
    }

    /// <summary>
    /// Draws a bar for each category; several calls stand side by side, or on each other after <see cref="Stacked"/>.
    /// </summary>
    /// <param name="categories">A text for each bar.</param>
    /// <param name="heights">As many numbers.</param>
    /// <param name="name">What the legend calls these bars; empty for no entry.</param>
    /// <param name="errors">Half the length of each error bar; null for none.</param>
    /// <param name="color">`#RRGGBB`; null for the next colour of Okabe and Ito.</param>
    /// <exception cref="ArgumentException">The counts differ, or the colour is none.</exception>
    public Figure Bars(IReadOnlyList<string> categories, Values heights, string name = "", Values? errors = null,
        string? color = null)
    {
        SameCount(name, categories.Count, ("heights", heights.Count), ("errors", errors?.Count));
        Only.Marks.Add(new BarMark([.. categories], heights, name, Color(color), errors));
        return this;
    }

    /// <summary>Lays bars of one category on each other instead of beside each other.</summary>
    public Figure Stacked()
    {
        Only.Stacked = true;
        return this;
    }

    /// <summary>Draws a dashed line at a height to read the others against, with its name beside it.</summary>
    public Figure HorizontalLine(double y, string name) => Reference(y, vertical: false, name);

    /// <summary>Draws a dashed line at an x to read the others against, with its name beside it.</summary>
    public Figure VerticalLine(double x, string name) => Reference(x, vertical: true, name);

    private Figure Reference(double at, bool vertical, string name)
    {
        if (!double.IsFinite(at)) throw new ArgumentException($"A line at {at} ('{name}'): expected a finite number.");
        Only.Marks.Add(new ReferenceMark(at, vertical, name));
        return this;
    }

    private string Color(string? given)
    {
        if (given is null) return OkabeIto.Line(Only.Colors++ % Colors);
        if (given.Length == 7 && given[0] == '#' && given.AsSpan(1).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0) return given;
        throw new ArgumentException($"The colour '{given}': expected #RRGGBB, such as {OkabeIto.Blue}.");
    }

    private static void SameCount(string name, int count, params (string What, int? Count)[] others)
    {
        foreach (var (what, other) in others)
        {
            if (other is { } number && number != count)
                throw new ArgumentException($"'{name}' has {count:N0} abscissas or categories and {number:N0} {what}: expected as many of each.");
        }
    }
}
