using System.Text.RegularExpressions;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Plotly;

public partial class FigureHtmlTests
{
    [Fact]
    public void A_figure_in_a_cell_is_written_as_approved() => Approval.Check("figure.html", FigureHtml.Of(Figures.Decay()));

    [Fact]
    public void Before_it_is_drawn_the_place_says_what_it_will_show()
    {
        string html = FigureHtml.Of(Figures.Times());

        Assert.Contains("role=\"img\" aria-label=\"Figure: Time of one forward pass; x: tokens (count), logarithmic;", html);
        Assert.Contains("line &quot;chunk &lt;wise&gt;&quot;: 4 points", html);
    }

    [BrowserFact]
    public void Figures_draw_marks_where_a_module_loader_lies_in_wait()
    {
        // What classic Notebook has: require.js defines `define`; others define `module`.
        const string Loader = "<script>var define=function(){throw 'taken'};define.amd={};var module={exports:{}},exports=module.exports;</script>";
        string page = $"<!DOCTYPE html><meta charset=utf-8><body>{Loader}{FigureHtml.Of(Figures.Times())}{PlotlyLibrary.Script()}"
            + $"{FigureHtml.Of(Figures.Times())}{FigureHtml.Of(Figures.Decay())}{FigureHtml.Of(Figures.Bars())}</body>";

        string drawn = Chromium.DumpDom(page);

        Assert.Equal(4, Count(drawn, "data-drawn=\"yes\""));
        // Two lines in each of the two figures of times, and in each the two edges of a filled band; a heatmap; two bars in
        // each of two series.
        Assert.Equal(2 * 4, JsLine().Count(drawn));
        Assert.Equal(2, FilledBand().Count(drawn));
        Assert.Equal(4, Count(drawn, "<g class=\"point\">"));
        Assert.Equal(1, Count(drawn, "<g class=\"hm\">"));
        Assert.Contains(">tokens (count)</text>", drawn);
    }

    [BrowserFact]
    public void A_figure_takes_the_colours_of_a_dark_page()
    {
        string page = $"<!DOCTYPE html><meta charset=utf-8><body style=\"background:#111\">{PlotlyLibrary.Script()}{FigureHtml.Of(Figures.Bars())}</body>";

        string drawn = Chromium.DumpDom(page);

        Assert.Contains("data-theme=\"dark\"", drawn);
        Assert.Contains("fill: rgb(230, 230, 230)", drawn);
    }

    // A path that begins at 5 is a line of the legend.
    [GeneratedRegex("class=\"js-line\" d=\"M(?!5,)")]
    private static partial Regex JsLine();

    [GeneratedRegex("class=\"js-fill\" d=\"M(?!5,)")]
    private static partial Regex FilledBand();

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
