using System.Xml.Linq;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Tests.Figures;

public class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_chart_is_drawn_as_approved()
    {
        var loss = new Series { Name = "each step", X = [1, 2, 3, 4, 5, 6], Y = [1.4, 1.1, 1.25, 0.8, double.NaN, 0.7], Faint = true, Color = OkabeIto.Blue };

        var chart = Chart(loss, loss.RunningMean("mean of the last 2 steps", 2), new Series { Name = "validation", X = [3, 6], Y = [1.0, 0.75], Markers = true }) with
        {
            References = [new ReferenceLine("9 nearest neighbours", 0.9)],
        };

        Approval.Check("chart.svg", chart.ToSvg());
    }

    [Fact]
    public void Equal_data_give_equal_bytes()
    {
        Assert.Equal(Chart(Line([0, 1], [2, 3])).ToSvg(), Chart(Line([0, 1], [2, 3])).ToSvg());
        Assert.NotEqual(Chart(Line([0, 1], [2, 3])).ToSvg(), Chart(Line([0, 1], [2, 2.9])).ToSvg());
    }

    [Fact]
    public void Every_text_is_escaped()
    {
        const string evil = "</text><script>alert(1)</script>&\"'\u0001";
        var chart = new LineChart { Title = evil, XLabel = evil, YLabel = evil, Series = [Line([0, 1], [0, 1]) with { Name = evil }], References = [new ReferenceLine(evil, 0.5)] };

        string svg = chart.ToSvg();

        Assert.DoesNotContain("<script", svg);
        var texts = XDocument.Parse(svg).Descendants(Svg + "text").Select(t => t.Value);
        Assert.Equal(5, texts.Count(t => t == evil.Replace('\u0001', '\uFFFD')));
    }

    [Fact]
    public void A_gap_splits_the_line_and_a_lonely_point_is_a_dot()
    {
        var drawing = XDocument.Parse(Chart(Line([0, 1, 2, 3, 4], [1, 2, double.NaN, 3, double.PositiveInfinity])).ToSvg());

        string path = drawing.Descendants(Svg + "path").Select(p => (string?)p.Attribute("d") ?? "").Single(d => d.Count(c => c == 'M') == 2);
        Assert.Equal(1, path.Count(c => c == 'L'));
        Assert.Single(drawing.Descendants(Svg + "circle"));
    }

    [Fact]
    public void A_chart_without_data_says_so() => Assert.Contains("no data", Chart(Line([], [])).ToSvg());

    [Fact]
    public void A_long_line_keeps_its_peak_and_stays_small()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];
        double[] y = [.. x.Select(v => Math.Sin(v / 500))];
        y[54_321] = 10;

        string svg = Chart(Line(x, y)).ToSvg();

        Assert.InRange(svg.Length, 1_000, 120_000);
        var heights = XDocument.Parse(svg).Descendants(Svg + "path").Select(p => (string?)p.Attribute("d") ?? "").OrderByDescending(d => d.Length).First()
            .Split('M', 'L').Skip(1).Select(p => double.Parse(p.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        // Ticks run from -5 to 10: the peak touches the top of the plot, the sine stays far below.
        Assert.Equal(58, heights.Min(), 1.0);
        Assert.True(heights.Order().ElementAt(1) > 180);
    }

    [Fact]
    public void Long_legends_wrap_and_make_the_chart_higher()
    {
        var series = Enumerable.Range(0, 6).Select(i => Line([0, 1], [i, i]) with { Name = $"a rather long name of a line, number {i}" }).ToArray();

        var drawing = XDocument.Parse(Chart(series).ToSvg());

        Assert.True(double.Parse(((string?)drawing.Root!.Attribute("viewBox"))!.Split(' ')[3]) > 320);
        Assert.All(drawing.Descendants(Svg + "text").Where(t => t.Value.StartsWith("a rather")),
            t => Assert.InRange((double)t.Attribute("x")! + t.Value.Length * 6.6, 0, 640));
    }

    [Fact]
    public void Lines_without_a_colour_get_one_that_no_other_line_has()
    {
        var colors = Enumerable.Range(0, 6).Select(i => Line([0, 1], [i, i]) with { Color = i == 2 ? OkabeIto.Blue : null }).ToArray();

        var drawn = XDocument.Parse(Chart(colors).ToSvg()).Descendants(Svg + "path").Where(p => (string?)p.Attribute("stroke-linejoin") == "round");

        Assert.Equal(6, drawn.Select(p => (string?)p.Attribute("stroke")).Distinct().Count());
    }

    [Fact]
    public void Lines_that_make_no_sense_are_refused()
    {
        Assert.Contains("2 abscissas and 1 ordinates", Assert.Throws<ArgumentException>(() => Chart(Line([0, 1], [0])).ToSvg()).Message);
        Assert.Contains("back to 0", Assert.Throws<ArgumentException>(() => Chart(Line([1, 0], [0, 0])).ToSvg()).Message);
    }

    [Fact]
    public void A_running_mean_never_looks_ahead() =>
        Assert.Equal([4, 3, 2, 4], Line([0, 1, 2, 3], [4, 2, 0, 10]).RunningMean("mean", 3).Y);

    [Fact]
    public void A_running_mean_leaves_out_what_is_no_number() =>
        Assert.Equal([double.NaN, 2, 4], Line([0, 1, 2], [double.NaN, 2, 6]).RunningMean("mean", 9).Y);

    private static Series Line(double[] x, double[] y) => new() { Name = "line", X = x, Y = y };

    private static LineChart Chart(params Series[] series) =>
        new() { Title = "Training loss", XLabel = "optimizer step", YLabel = "loss (nats)", Series = series };
}
