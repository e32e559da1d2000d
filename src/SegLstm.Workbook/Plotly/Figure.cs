using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Workbook.Formatters;

namespace SegLstm.Workbook.Plotly;

/// <summary>
/// A figure that a notebook draws with Plotly: axes with units, a legend, colours that colour-blind readers tell apart. Every
/// method changes this figure and returns it, so calls can be chained or made in a loop. The same data give the same bytes.
/// </summary>
/// <example>
/// <code>
/// new Figure("One forward pass").Line(tokens, parallel, "parallel").Line(tokens, chunked, "chunkwise")
///     .XAxis("tokens", "count", AxisScale.Log).YAxis("time", "ms")
/// </code>
/// </example>
[TypeFormatterSource(typeof(FigureFormatters))]
public sealed partial class Figure
{
    private readonly List<Panel> _panels;

    /// <summary>An empty figure.</summary>
    /// <param name="title">What it shows; drawn above it and read out by screen readers.</param>
    public Figure(string title) => (Title, _panels) = (title ?? "", [new Panel()]);

    private Figure(string title, int rows, int columns, List<Panel> panels) =>
        (Title, Rows, Columns, _panels) = (title, rows, columns, panels);

    /// <summary>What the figure shows.</summary>
    public string Title { get; }

    internal int Rows { get; } = 1;

    internal int Columns { get; } = 1;

    internal IReadOnlyList<Panel> Panels => _panels;

    internal Theme Theme { get; private set; } = Theme.Auto;

    internal int Width { get; private set; }

    internal int Height { get; private set; }

    private Panel Only => _panels.Count == 1 && Rows * Columns == 1
        ? _panels[0]
        : throw new InvalidOperationException("This figure is a grid of finished figures: add lines and axes to those before Figure.Grid.");

    /// <summary>Figures beside and below each other, row after row.</summary>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="figures">At most rows x columns figures, no grids themselves; their titles stand above their axes.</param>
    /// <exception cref="ArgumentException">More figures than places, or a grid among them.</exception>
    public static Figure Grid(int rows, int columns, params Figure[] figures) => Grid("", rows, columns, figures);

    /// <summary>Figures beside and below each other under one title, row after row.</summary>
    /// <param name="title">What all of them show together.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <param name="figures">At most rows x columns figures, no grids themselves; their titles stand above their axes.</param>
    /// <exception cref="ArgumentException">More figures than places, or a grid among them.</exception>
    public static Figure Grid(string title, int rows, int columns, params Figure[] figures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (figures.Length == 0 || figures.Length > rows * columns)
            throw new ArgumentException($"{figures.Length} figures for {rows} x {columns} places: expected 1 to {rows * columns}.", nameof(figures));
        if (figures.Any(f => f.Panels.Count != 1))
            throw new ArgumentException("A grid within a grid: give the inner grid's figures to the outer one.", nameof(figures));
        return new Figure(title, rows, columns, [.. figures.Select(f => f.Only.Copy(f.Title))]);
    }

    /// <summary>Names the horizontal axis.</summary>
    /// <param name="title">The quantity, such as "tokens".</param>
    /// <param name="unit">Its unit, such as "count" or "ms"; empty for a pure number.</param>
    /// <param name="scale">Linear or logarithmic.</param>
    /// <param name="low">The least number shown; null for the data's.</param>
    /// <param name="high">The greatest number shown; null for the data's. Give both or none.</param>
    /// <exception cref="ArgumentException">Only one limit, or limits that are no range on this scale.</exception>
    public Figure XAxis(string title, string unit, AxisScale scale = AxisScale.Linear, double? low = null, double? high = null)
    {
        Only.X = Axis.Of(title, unit, scale, low, high);
        return this;
    }

    /// <summary>Names the vertical axis.</summary>
    /// <inheritdoc cref="XAxis"/>
    public Figure YAxis(string title, string unit, AxisScale scale = AxisScale.Linear, double? low = null, double? high = null)
    {
        Only.Y = Axis.Of(title, unit, scale, low, high);
        return this;
    }

    /// <summary>Chooses the colours of background, text and grid.</summary>
    public Figure WithTheme(Theme theme)
    {
        Theme = theme;
        return this;
    }

    /// <summary>Sets the size; without it a figure fits a notebook's column.</summary>
    /// <param name="width">Pixels, from 200; a narrower page shrinks it.</param>
    /// <param name="height">Pixels, from 150.</param>
    public Figure Size(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 150);
        (Width, Height) = (width, height);
        return this;
    }

    /// <summary>The figure as Plotly reads it: `data`, `layout` and `config`.</summary>
    /// <exception cref="InvalidOperationException">An axis has no name yet.</exception>
    public string ToJson() => ToJson(Theme);

    /// <summary>The figure in words: title, axes, and what each mark shows.</summary>
    public override string ToString() => FigureText.Of(this);

    internal string ToJson(Theme theme) => new FigureLayout(this).ToJson(theme).ToJsonString();
}
