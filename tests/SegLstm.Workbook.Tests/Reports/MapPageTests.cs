using System.Text.RegularExpressions;
using SegLstm.Data;
using SegLstm.Workbook.Reports;

namespace SegLstm.Workbook.Tests.Reports;

public partial class MapPageTests
{
    [Fact]
    public void A_page_is_made_as_approved() =>
        // How a PNG is packed depends on the zlib that is installed; what is in it has its own tests.
        Approval.Check("page.html", DataUri().Replace(MapPage.ToHtml(TestReport.Make()), "data:image/png;base64,..."));

    [Fact]
    public void Equal_reports_give_equal_bytes() =>
        Assert.Equal(MapPage.ToHtml(TestReport.Make()), MapPage.ToHtml(TestReport.Make()));

    [Fact]
    public void A_page_needs_no_other_file_no_network_and_no_script()
    {
        string page = MapPage.ToHtml(TestReport.Make());

        Assert.DoesNotContain("http:", page);
        Assert.DoesNotContain("https:", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain("url(", page);
        Assert.All(References().Matches(page), reference => Assert.StartsWith("data:", reference.Groups[1].Value));
        Assert.Equal(4, Regex.Count(page, "<img "));
    }

    [Fact]
    public void Every_text_of_a_report_is_escaped()
    {
        const string evil = "</td><script>alert(1)</script><img src=x onerror=alert(2)>&\"'";
        var report = TestReport.Make() with
        {
            SceneName = evil,
            Provenance = evil,
            SplitDescription = evil,
            Note = evil,
            FlopsImage = evil,
            Command = evil,
            Legend = new ClassLegend((evil, new Rgb(1, 1, 1)), ("b" + evil, new Rgb(2, 2, 2)), ("c" + evil, new Rgb(3, 3, 3))),
            Model = new MethodResult(evil, TestReport.Make().Model.Matrix),
            Yardstick = new MethodResult(evil, TestReport.Make().Model.Matrix),
            OtherBaselines = [new MethodResult(evil, TestReport.Make().Model.Matrix)],
            Recipe = [(evil, evil)],
            Versions = [(evil, evil)],
        };

        string page = MapPage.ToHtml(report);

        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("<img src=x", page);
        Assert.DoesNotContain("onerror=alert(2)>&\"", page);
        Assert.Equal(4, Regex.Count(page, "<img "));
    }

    [Fact]
    public void Images_have_alternative_texts_and_the_page_has_a_language()
    {
        string page = MapPage.ToHtml(TestReport.Make());

        Assert.Contains("<html lang=\"en\">", page);
        Assert.All(Regex.Matches(page, "<img [^>]*>"), image => Assert.Matches("alt=\"[^\"]{10,}\"", image.Value));
        Assert.All(Regex.Matches(page, "<svg [^>]*>"), image => Assert.Matches("role=\"img\" aria-label=\"[^\"]{10,}\"", image.Value));
        Assert.Equal(3, Regex.Count(page, "<svg "));
    }

    [Fact]
    public void Scores_of_the_model_stand_beside_those_of_every_baseline()
    {
        string page = MapPage.ToHtml(TestReport.Make());
        string row = Regex.Match(page, "<tr class=\"total\">.*</tr>").Value;

        // Of five held-out pixels the model finds all but the one of the third class; its prediction as water costs water a third.
        Assert.Contains("<td class=\"best\">55.56</td>", row);
        Assert.Contains("<td>19.44</td>", row);
        Assert.Contains("<td>13.33</td>", row);
    }

    [Fact]
    public void Parts_that_do_not_fit_together_are_refused()
    {
        Assert.Contains("held-out mask 1", Assert.Throws<ArgumentException>(() => MapPage.ToHtml(TestReport.Make() with { HeldOut = [true] })).Message);
        Assert.Contains("expected the same held-out pixels", Assert.Throws<ArgumentException>(
            () => MapPage.ToHtml(TestReport.Make() with { Yardstick = new MethodResult("x", new SegLstm.Metrics.ConfusionMatrix(3)) })).Message);
        Assert.Contains("has 2 classes", Assert.Throws<ArgumentException>(
            () => MapPage.ToHtml(TestReport.Make() with { Model = new MethodResult("x", new SegLstm.Metrics.ConfusionMatrix(2)) })).Message);
    }

    [GeneratedRegex("data:image/png;base64,[A-Za-z0-9+/=]+")]
    private static partial Regex DataUri();

    [GeneratedRegex("(?:src|href|srcset|data|poster)=\"([^\"]*)\"")]
    private static partial Regex References();
}
