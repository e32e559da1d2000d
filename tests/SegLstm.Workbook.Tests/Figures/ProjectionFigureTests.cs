using System.Text.Json.Nodes;
using System.Xml.Linq;
using SegLstm.Data;
using SegLstm.Pretraining.Probes;
using SegLstm.Workbook.Figures;
using SegLstm.Workbook.Plotly;
using SegLstm.Workbook.Tests.Plotly;

namespace SegLstm.Workbook.Tests.Figures;

public class ProjectionFigureTests
{
    private static readonly ClassLegend Legend = new(
        ("paved", new Rgb(255, 255, 255)), ("water", new Rgb(0, 0, 255)), ("never", new Rgb(9, 9, 9)), ("<tree>", new Rgb(0, 255, 0)));

    [Fact]
    public void Each_class_that_occurs_has_its_colour_a_shape_of_its_own_and_its_count()
    {
        Figure figure = Draw([1, 0, 3, 1, 1]);
        var traces = JsonNode.Parse(figure.ToJson())!["data"]!.AsArray();
        Assert.Equal(["paved (1)", "water (3)", "&lt;tree&gt; (1)"], traces.Select(t => (string)t!["name"]!));
        Assert.Equal(["#FFFFFF", "#0000FF", "#00FF00"], traces.Select(t => (string)t!["marker"]!["color"]!));
        Assert.Equal(3, traces.Select(t => (string)t!["marker"]!["symbol"]!).Distinct().Count());
        // White points show by their edge.
        Assert.All(traces, t => Assert.Equal("#666666", (string)t!["marker"]!["line"]!["color"]!));
        Assert.Equal([0.0, 3, 4], traces[1]!["x"]!.AsArray().Select(x => (double)x!));
        Assert.Equal(["item 0", "item 3", "item 4"], traces[1]!["text"]!.AsArray().Select(x => (string)x!));
    }

    [BrowserFact]
    public void A_drawn_map_has_a_point_an_item_and_names_its_classes()
    {
        string path = Path.Combine(Path.GetTempPath(), $"seglstm-map-{Guid.NewGuid():N}.svg");
        try
        {
            Draw([1, 0, 3, 1, 1]).Save(path);
            var svg = XDocument.Load(path);
            Assert.Equal(5, svg.Descendants().Count(e => e.Name.LocalName == "path" && (string?)e.Attribute("class") == "point"));
            string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
            Assert.Superset(new HashSet<string> { "features", "paved (1)", "water (3)", "<tree> (1)" }, texts.ToHashSet());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Labels_that_do_not_fit_are_refused()
    {
        Assert.Contains("5 items, 2 labels", Assert.Throws<ArgumentException>(() => Draw([0, 1])).Message);
        Assert.Contains("There is the label 4", Assert.Throws<ArgumentException>(() => Draw([0, 1, 4, 0, 0])).Message);
    }

    private static Figure Draw(int[] labels) =>
        ProjectionFigure.Of(new Projection([0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [(10, 0.5)]), labels, Legend, "features");
}
