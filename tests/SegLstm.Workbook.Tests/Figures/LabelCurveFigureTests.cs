using System.Text.Json.Nodes;
using System.Xml.Linq;
using SegLstm.Workbook.Figures;
using SegLstm.Workbook.Plotly;
using SegLstm.Workbook.Tests.Plotly;

namespace SegLstm.Workbook.Tests.Figures;

public class LabelCurveFigureTests
{
    [Fact]
    public void A_curve_is_the_mean_over_seeds_within_a_deviation_each_way()
    {
        Figure figure = LabelCurveFigure.Of(
            [new("pretrained", [(0.01, [40, 42, 44]), (0.1, [50, 50, 56])]), new("from scratch", [(0.01, [20]), (0.1, [45])])],
            "mIoU", "%", "Few labels");
        var traces = JsonNode.Parse(figure.ToJson())!["data"]!.AsArray();
        double[] Numbers(int trace, string axis) => [.. traces[trace]![axis]!.AsArray().Select(v => (double)v!)];

        // The line, the two edges of its band, and the line of one seed, which has no band.
        Assert.Equal(4, traces.Count);
        Assert.Equal([1.0, 10], Numbers(0, "x"));
        Assert.Equal([42.0, 52], Numbers(0, "y"));
        Assert.Equal([40, 52 - Math.Sqrt(12)], Numbers(1, "y"), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([44, 52 + Math.Sqrt(12)], Numbers(2, "y"), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([20.0, 45], Numbers(3, "y"));
        Assert.Contains("pretrained (3 seeds)", figure.ToString());
        Assert.Contains("from scratch (1 seed)", figure.ToString());
        Assert.Contains("% of the training labels", figure.ToJson());
    }

    [BrowserFact]
    public void The_legend_of_several_curves_lies_below_the_title_in_their_order()
    {
        string path = Path.Combine(Path.GetTempPath(), $"seglstm-curve-{Guid.NewGuid():N}.svg");
        try
        {
            LabelCurveFigure.Of([new("first", [(0.01, [1, 2]), (1, [3, 5])]), new("second", [(0.01, [0, 1]), (1, [3, 4])])], "mIoU", "%", "Few labels").Save(path);
            // Each entry is moved to its place in the legend.
            var entries = XDocument.Load(path).Descendants().Where(e => (string?)e.Attribute("class") == "traces")
                .Select(e => (Text: e.Descendants().First(t => t.Name.LocalName == "text").Value, Place: (string)e.Attribute("transform")!)).ToArray();
            Assert.Equal(["first (2 seeds)", "second (2 seeds)"], entries.Select(e => e.Text));
            Assert.Single(entries.Select(e => e.Place.Split(',')[^1]).Distinct());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Shares_and_scores_that_make_no_sense_are_refused()
    {
        Assert.Contains("no curve", Message([]));
        Assert.Contains("has no point", Message([new("a", [])]));
        Assert.Contains("share 0:", Message([new("a", [(0, [1])])]));
        Assert.Contains("greater than the one before", Message([new("a", [(0.1, [1]), (0.1, [1])])]));
        Assert.Contains("not finite", Message([new("a", [(0.1, [double.NaN])])]));

        static string Message(LabelCurve[] curves) =>
            Assert.Throws<ArgumentException>(() => LabelCurveFigure.Of(curves, "mIoU", "%", "t")).Message;
    }
}
