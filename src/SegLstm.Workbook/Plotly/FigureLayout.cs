using System.Globalization;
using System.Text.Json.Nodes;
using SegLstm.Workbook.Plotly.Marks;

namespace SegLstm.Workbook.Plotly;

/// <summary>
/// Places titles, legends, axes and colour bars of all panels, in pixels, so that nothing lies on anything else, and writes the
/// whole as Plotly's JSON.
/// </summary>
internal sealed class FigureLayout
{
    private const double Left = 74, Right = 18, ColorBar = 92, Bottom = 58, TitleLine = 22, PanelTitleLine = 19, LegendRow = 22,
        LegendLine = 17, Gap = 10;

    private readonly Figure _figure;
    private readonly double _paperWidth, _paperHeight, _plotWidth, _top;
    private readonly double[] _headers, _heights, _rights;
    private readonly IReadOnlyList<string> _title;

    internal FigureLayout(Figure figure)
    {
        _figure = figure;
        foreach (Panel panel in figure.Panels) RequireAxes(panel, figure.Title);
        Width = figure.Width > 0 ? figure.Width : figure.Columns > 1 ? 960 : 760;
        _title = figure.Title.Length == 0 ? [] : Caption.Lines(figure.Title, Width - Left, 16);
        double titleHeight = _title.Count * TitleLine + (_title.Count > 0 ? Gap : 0);
        _rights = [.. Enumerable.Range(0, figure.Columns)
            .Select(c => figure.Panels.Where((p, i) => i % figure.Columns == c && p.HasColorBar).Any() ? ColorBar : Right)];
        _paperWidth = Width - Left - _rights[^1];
        _plotWidth = (Width - figure.Columns * Left - _rights.Sum()) / figure.Columns;
        _headers = [.. Rows().Select(row => row.Max(Header))];
        _top = titleHeight + _headers[0];
        double between = _headers.Skip(1).Sum(h => h + Bottom);
        _heights = [.. Rows().Select(row => row.Max(PlotHeight))];
        Height = figure.Height > 0 ? figure.Height : (int)Math.Round(_top + _heights.Sum() + between + Bottom);
        if (figure.Height > 0) Array.Fill(_heights, Math.Max(40, (Height - _top - between - Bottom) / figure.Rows));
        _paperHeight = Height - _top - Bottom;
    }

    /// <summary>Pixels.</summary>
    internal int Width { get; }

    /// <summary>Pixels.</summary>
    internal int Height { get; }

    internal JsonObject ToJson(Theme theme)
    {
        var data = new JsonArray();
        var annotations = new JsonArray();
        var shapes = new JsonArray();
        var layout = new JsonObject
        {
            ["template"] = Template.Of(theme),
            ["width"] = Width,
            ["height"] = Height,
            ["margin"] = new JsonObject { ["l"] = Left, ["r"] = _rights[^1], ["t"] = Math.Round(_top), ["b"] = Bottom },
        };
        if (_title.Count == 1) layout["title"] = Title();
        else if (_title.Count > 1)
            annotations.Add(Heading(string.Join("<br>", _title.Select(Caption.Escape)), 16, 0, 1, _headers[0]));
        if (_figure.Panels.Any(p => p.Marks.Exists(m => m is BarMark)))
            layout["barmode"] = _figure.Panels.Any(p => p.Stacked) ? "stack" : "group";
        for (int i = 0; i < _figure.Panels.Count; i++) AppendPanel(i, data, layout, annotations, shapes);
        if (annotations.Count > 0) layout["annotations"] = annotations;
        if (shapes.Count > 0) layout["shapes"] = shapes;
        return new JsonObject
        {
            ["data"] = data,
            ["layout"] = layout,
            ["config"] = new JsonObject
            {
                ["responsive"] = true,
                ["displaylogo"] = false,
                ["modeBarButtonsToRemove"] = new JsonArray("select2d", "lasso2d", "autoScale2d"),
            },
        };
    }

    private static void RequireAxes(Panel panel, string title)
    {
        string? missing = panel.X is null ? "XAxis" : panel.Y is null ? "YAxis" : null;
        if (missing is not null)
        {
            throw new InvalidOperationException(
                $"The figure '{(panel.Title.Length > 0 ? panel.Title : title)}' has no {missing}: name its quantity and unit with "
                + $".{missing}(\"tokens\", \"count\"); a pure number has the unit \"\".");
        }
    }

    private IEnumerable<Panel[]> Rows() => _figure.Panels.Chunk(_figure.Columns);

    private bool HasPanelTitles => _figure.Rows * _figure.Columns > 1;

    private IReadOnlyList<string> PanelTitle(Panel panel) =>
        HasPanelTitles && panel.Title.Length > 0 ? Caption.Lines(panel.Title, _plotWidth, 14) : [];

    private double Header(Panel panel) =>
        Gap + PanelTitle(panel).Count * PanelTitleLine + LegendHeight(panel);

    private double LegendHeight(Panel panel) => HasPanelTitles
        ? Caption.LegendLines(panel.Legend, _plotWidth).Count * LegendLine
        : Caption.LegendRows(panel.Legend, _plotWidth) * LegendRow;

    private double PlotHeight(Panel panel) => panel.Aspect is { } aspect
        ? Math.Clamp(_plotWidth / aspect, 120, 560)
        : HasPanelTitles ? Math.Clamp(_plotWidth * 0.66, 180, 320) : 310;

    private JsonObject Title() => new()
    {
        ["text"] = Caption.Escape(_title[0]),
        ["font"] = new JsonObject { ["size"] = 16 },
        ["x"] = 0,
        ["xref"] = "paper",
        ["xanchor"] = "left",
        ["y"] = 1,
        ["yref"] = "container",
        ["yanchor"] = "top",
        ["pad"] = new JsonObject { ["t"] = Gap },
    };

    private void AppendPanel(int index, JsonArray data, JsonObject layout, JsonArray annotations, JsonArray shapes)
    {
        Panel panel = _figure.Panels[index];
        string number = index == 0 ? "" : (index + 1).ToString(CultureInfo.InvariantCulture);
        var (left, right, bottom, top) = Domain(index / _figure.Columns, index % _figure.Columns);
        layout["xaxis" + number] = AxisJson(panel, panel.X!, "y" + number, left, right, horizontal: true, number);
        layout["yaxis" + number] = AxisJson(panel, panel.Y!, "x" + number, bottom, top, horizontal: false, number);
        foreach (Mark mark in panel.Marks)
        {
            if (mark is ReferenceMark reference) shapes.Add(reference.Shape(number, panel));
            foreach (JsonObject trace in mark.Traces(panel)) data.Add(Placed(trace, mark, number, (left, right, bottom, top)));
        }

        if (!HasPanelTitles)
        {
            if (panel.Legend.Count > 0) layout["legend"] = Legend(left, top);
            return;
        }

        var legend = Caption.LegendLines(panel.Legend, _plotWidth);
        if (legend.Count > 0) annotations.Add(Heading(string.Join("<br>", legend), 12, left, top, 0));
        var title = PanelTitle(panel);
        if (title.Count > 0)
            annotations.Add(Heading("<b>" + string.Join("<br>", title.Select(Caption.Escape)) + "</b>", 14, left, top,
                LegendHeight(panel)));
    }

    private JsonObject Placed(JsonObject trace, Mark mark, string number,
        (double Left, double Right, double Bottom, double Top) at)
    {
        trace["xaxis"] = "x" + number;
        trace["yaxis"] = "y" + number;
        if (!trace.ContainsKey("name")) trace["name"] = Caption.Escape(mark.Name);
        if (trace["type"]!.GetValue<string>() is not ("image" or "heatmap"))
        {
            // Of a band only the filled edge has an entry.
            bool shown = trace["showlegend"]?.GetValue<bool>()
                ?? (mark.Legend.Count > 0 && (mark is not BandMark || trace.ContainsKey("fill")));
            trace["showlegend"] = shown && !HasPanelTitles;
            if (mark is BandMark) trace["legendgroup"] = "band " + mark.Name;
        }

        if (mark.ColorBar is { } quantity)
        {
            trace["colorbar"] = new JsonObject
            {
                ["title"] = new JsonObject
                {
                    ["text"] = Caption.Escape(quantity), ["side"] = "right", ["font"] = new JsonObject { ["size"] = 13 },
                },
                ["thickness"] = 14,
                ["lenmode"] = "fraction",
                ["len"] = Round(at.Top - at.Bottom),
                ["y"] = Round((at.Top + at.Bottom) / 2),
                ["yanchor"] = "middle",
                ["x"] = Round(at.Right + 8 / _paperWidth),
                ["xanchor"] = "left",
                ["ypad"] = 0,
                ["outlinewidth"] = 0,
            };
        }

        return trace;
    }

    private (double Left, double Right, double Bottom, double Top) Domain(int row, int column)
    {
        double left = column * (_plotWidth + Left) + _rights.Take(column).Sum();
        double below = _heights.Skip(row + 1).Sum() + _headers.Skip(row + 1).Sum(h => h + Bottom);
        return (Round(left / _paperWidth), Round((left + _plotWidth) / _paperWidth),
            Round(below / _paperHeight), Round(Math.Min(1, (below + _heights[row]) / _paperHeight)));
    }

    private static JsonObject AxisJson(Panel panel, Axis axis, string anchor, double from, double to, bool horizontal,
        string number)
    {
        var json = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = Caption.Escape(axis.Label) },
            ["domain"] = new JsonArray(from, to),
            ["anchor"] = anchor,
        };
        bool bars = panel.Marks.Exists(m => m is BarMark);
        if (axis.Scale == AxisScale.Log)
        {
            json["type"] = "log";
            LogTicks.Apply(json, LogTicks.Of(panel.Marks.SelectMany(m => horizontal ? m.Abscissas : m.Ordinates), axis.Range,
                atData: horizontal));
        }
        else if (bars && horizontal) json["type"] = "category";
        bool reversed = panel.RowsGoDown && !horizontal;
        if (axis.Range is { } range)
        {
            var (low, high) = axis.Scale == AxisScale.Log ? (Math.Log10(range.Low), Math.Log10(range.High)) : range;
            json["range"] = reversed ? new JsonArray(high, low) : new JsonArray(low, high);
        }
        else if (reversed)
        {
            json["autorange"] = "reversed";
        }

        if (panel.RowsGoDown || (bars && horizontal)) json["showgrid"] = false;
        if (panel.Aspect is not null)
        {
            json["constrain"] = "domain";
            json["constraintoward"] = horizontal ? "left" : "top";
            if (!horizontal) json["scaleanchor"] = "x" + number;
        }

        return json;
    }

    private JsonObject Legend(double left, double top) => new()
    {
        ["orientation"] = "h",
        // Plotly would turn the order round and stack the entries where there are bands.
        ["traceorder"] = "normal",
        ["x"] = left,
        ["xanchor"] = "left",
        ["y"] = Round(top + 4 / _paperHeight),
        ["yanchor"] = "bottom",
    };

    private static JsonObject Heading(string text, double size, double left, double top, double shift) => new()
    {
        ["text"] = text,
        ["font"] = new JsonObject { ["size"] = size },
        ["x"] = left,
        ["xref"] = "paper",
        ["xanchor"] = "left",
        ["xshift"] = -3,
        ["y"] = top,
        ["yref"] = "paper",
        ["yanchor"] = "bottom",
        ["yshift"] = shift + 1,
        ["align"] = "left",
        ["showarrow"] = false,
    };

    private static double Round(double fraction) => Math.Round(fraction, 5);
}
