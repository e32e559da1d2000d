using System.Text.Json.Nodes;
using SegLstm.Data;
using SegLstm.Workbook.Images;
using SegLstm.Workbook.Plotly;
using TorchSharp;

namespace SegLstm.Workbook.Tests.Plotly;

public class FigureTests
{
    [Fact]
    public void A_line_with_a_band_is_written_as_approved() =>
        Approval.Check("times.plotly.json", Indented(Figures.Times().ToJson()));

    [Fact]
    public void A_grid_is_written_as_approved() =>
        Approval.Check("grid.plotly.json",
            Indented(Figure.Grid("All of it", 2, 2, Figures.Times(), Figures.Decay(), Figures.Bars()).ToJson()));

    [Fact]
    public void A_figure_says_in_words_what_it_shows() => Assert.Equal(
        """
        Figure: Time of one forward pass
          x: tokens (count), logarithmic
          y: time (ms)
          line "parallel": 4 points, y 0.4 to 2.2
          line "chunk <wise>": 4 points, y 0.5 to 3.3
          band "5 to 95 % of 20 runs": 4 points, y 0.4 to 3.8
          line at y = 2: budget
        """, Figures.Times().ToString());

    [Fact]
    public void The_same_data_give_the_same_bytes() => Assert.Equal(Figures.Times().ToJson(), Figures.Times().ToJson());

    [Fact]
    public void What_is_not_finite_is_a_gap()
    {
        var y = Trace(new Figure("t").Line([1, 2, 3], [double.NaN, 2, double.PositiveInfinity]))["y"]!.AsArray();

        Assert.Equal([null, 2.0, null], y.Select(v => v?.GetValue<double>()));
    }

    [Fact]
    public void Single_precision_is_written_without_the_noise_of_doubles() =>
        Assert.Equal("[0.1,0.2]", Trace(new Figure("t").Line([1, 2], new[] { 0.1f, 0.2f }))["y"]!.ToJsonString());

    [Fact]
    public void Many_sets_of_points_are_told_apart_by_colour_or_shape()
    {
        var figure = new Figure("t").XAxis("x", "").YAxis("y", "");
        for (int set = 0; set < 30; set++) figure.Scatter([1], [set], $"set {set}");

        var looks = JsonNode.Parse(figure.ToJson())!["data"]!.AsArray()
            .Select(trace => $"{trace!["marker"]!["color"]} {trace["marker"]!["symbol"]}").ToArray();
        Assert.Equal(looks.Distinct(), looks);
    }

    [Fact]
    public void Axes_without_a_name_are_refused_with_an_example()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Figure("Costs").Line([1], [2]).XAxis("tokens", "count")
            .ToJson());

        Assert.Contains("'Costs' has no YAxis", error.Message);
        Assert.Contains(".YAxis(\"tokens\", \"count\")", error.Message);
    }

    [Fact]
    public void Counts_that_differ_are_refused()
    {
        var figure = new Figure("t");

        Assert.Contains("'loss' has 2 abscissas or categories and 3 ordinates",
            Assert.Throws<ArgumentException>(() => figure.Line([1, 2], [1, 2, 3], "loss")).Message);
        Assert.Throws<ArgumentException>(() => figure.Band([1, 2], [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => figure.Scatter([1, 2], [1, 2], hover: ["one"]));
        Assert.Throws<ArgumentException>(() => figure.Bars(["a"], [1, 2]));
        Assert.Throws<ArgumentException>(() => figure.Line([1], [1], color: "blue"));
    }

    [Theory]
    [InlineData(1.0, null)]
    [InlineData(2.0, 1.0)]
    [InlineData(0.0, 10.0)]
    public void Limits_that_are_no_range_of_a_logarithmic_axis_are_refused(double? low, double? high) =>
        Assert.Throws<ArgumentException>(() => new Figure("t").XAxis("tokens", "count", AxisScale.Log, low, high));

    [Fact]
    public void Lines_have_colours_of_their_own_and_then_strokes()
    {
        var figure = new Figure("t").XAxis("x", "").YAxis("y", "");
        for (int i = 0; i < 14; i++) figure.Line([0, 1], [i, i], $"line {i}");

        var looks = Traces(figure).Select(t => t["line"]!["color"]!.ToString() + t["line"]!["dash"]).ToArray();

        Assert.Equal(14, looks.Distinct().Count());
        Assert.DoesNotContain(looks, look => look.StartsWith("#000000", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_series_is_thinned_and_keeps_its_peaks()
    {
        double[] y = [.. Enumerable.Range(0, 200_000).Select(i => Math.Sin(i / 500.0))];
        (y[77_777], y[123_456]) = (9, double.NaN);

        var trace = Trace(new Figure("t").Line(Values.Of(Enumerable.Range(0, 200_000).Select(i => (double)i)), y));

        var drawn = trace["y"]!.AsArray().Select(v => v?.GetValue<double>()).ToArray();
        Assert.InRange(drawn.Length, 1000, 8000);
        Assert.Equal(9, drawn.Max());
        Assert.Contains(null, drawn);
        Assert.Equal(199_999, trace["x"]!.AsArray()[^1]!.GetValue<double>());
    }

    [Fact]
    public void A_cloud_of_points_is_thinned_to_what_a_browser_can_hover()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 300_000).Select(_ => random.NextDouble())],
            y = [.. x.Select(v => v + random.NextDouble())];

        Assert.InRange(Trace(new Figure("t").Scatter(x, y))["x"]!.AsArray().Count, 5_000, 20_000);
    }

    [Fact]
    public void A_large_heatmap_is_drawn_as_means_and_says_so()
    {
        using var scope = torch.NewDisposeScope();
        var figure = new Figure("t").Heatmap(torch.arange(0, 1100 * 1100, torch.float64).reshape(1100, 1100), "number", "")
            .XAxis("column", "").YAxis("row", "");

        var rows = Trace(figure)["z"]!.AsArray();

        Assert.Equal(367, rows.Count);
        Assert.Equal(1101, rows[0]!.AsArray()[0]!.GetValue<double>());
        Assert.Contains("means of 3 x 3", figure.ToString());
    }

    [Fact]
    public void A_heatmap_that_is_long_in_one_direction_keeps_the_rows_of_the_other_and_the_given_places()
    {
        var numbers = new double[4, 2000];
        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 2000; column++) numbers[row, column] = row;
        }

        var figure = new Figure("t").Heatmap(numbers, "gate", "", x: Values.Of(Enumerable.Range(0, 2000).Select(i => 10.0 * i)),
            y: [1, 2, 3, 4]);
        var trace = Trace(figure);

        Assert.Equal([0, 1, 2, 3], trace["z"]!.AsArray().Select(row => row![0]!.GetValue<double>()));
        Assert.Equal([1, 2, 3, 4], trace["y"]!.AsArray().Select(v => v!.GetValue<double>()));
        Assert.Equal(500, trace["x"]!.AsArray().Count);
        Assert.Equal([15, 55], trace["x"]!.AsArray().Take(2).Select(v => v!.GetValue<double>()));
        Assert.Contains("means of 1 x 4", figure.ToString());
    }

    [Fact]
    public void A_figure_of_one_theme_has_its_colours_on_every_page() =>
        Assert.Equal("#16181C", JsonNode.Parse(Figures.Bars().WithTheme(Theme.Dark).ToJson())!
            ["layout"]!["template"]!["layout"]!["paper_bgcolor"]!.ToString());

    [Fact]
    public void A_diverging_heatmap_has_zero_in_its_middle_and_a_constant_one_still_a_range()
    {
        var trace = Trace(Figures.Decay());
        Assert.Equal((-2, 2), (trace["zmin"]!.GetValue<double>(), trace["zmax"]!.GetValue<double>()));

        trace = Trace(new Figure("t").Heatmap(new[,] { { 3.0, 3.0 } }, "q", "").XAxis("x", "").YAxis("y", ""));
        Assert.True(trace["zmin"]!.GetValue<double>() < trace["zmax"]!.GetValue<double>());
    }

    [Fact]
    public void A_class_map_has_a_legend_with_names_and_shares()
    {
        var legend = new ClassLegend(("water", new Rgb(0, 0, 255)), ("land", new Rgb(0, 255, 0)));

        var traces = Traces(new Figure("Map").Image(new LabelMap(2, 2, [0, 1, 1, 1]), legend));

        Assert.StartsWith("data:image/png;base64,", traces[0]["source"]!.ToString());
        Assert.Equal(["water (25.0 %)", "land (75.0 %)"], traces.Skip(1).Select(t => t["name"]!.ToString()));
    }

    [Fact]
    public void A_grid_refuses_too_many_figures_grids_and_later_lines()
    {
        var grid = Figure.Grid(1, 2, Figures.Bars(), Figures.Decay());

        Assert.Throws<ArgumentException>(() => Figure.Grid(1, 1, Figures.Bars(), Figures.Decay()));
        Assert.Throws<ArgumentException>(() => Figure.Grid(1, 2, grid));
        Assert.Throws<InvalidOperationException>(() => grid.Line([1], [1]));
    }

    [Fact]
    public void A_grid_is_not_changed_by_what_is_added_to_its_figures_later()
    {
        var bars = Figures.Bars();
        var grid = Figure.Grid(1, 1, bars);
        string before = grid.ToJson();

        bars.Bars(["water", "city"], [1, 2], "another");

        Assert.Equal(before, grid.ToJson());
    }

    [Fact]
    public void Texts_cannot_become_tags()
    {
        string json = new Figure("<b>t</b>").Line([1], [1], "<a href='x'>n</a>").XAxis("<i>", "&").YAxis("y", "").ToJson();

        var figure = JsonNode.Parse(json)!;
        Assert.Equal("&lt;b&gt;t&lt;/b&gt;", figure["layout"]!["title"]!["text"]!.ToString());
        Assert.Equal("&lt;i&gt; (&amp;)", figure["layout"]!["xaxis"]!["title"]!["text"]!.ToString());
        Assert.StartsWith("&lt;a", figure["data"]![0]!["name"]!.ToString());
        Assert.DoesNotContain('<', json);
    }

    private static JsonNode Trace(Figure figure) => Traces(figure.XAxis("x", "").YAxis("y", ""))[0];

    private static JsonNode[] Traces(Figure figure) => [.. JsonNode.Parse(figure.ToJson())!["data"]!.AsArray().Select(t => t!)];

    private static string Indented(string json) =>
        JsonNode.Parse(json)!.ToJsonString(new() { WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
}
