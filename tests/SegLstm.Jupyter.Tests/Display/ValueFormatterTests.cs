using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Display;

namespace SegLstm.Jupyter.Tests.Display;

public sealed class ValueFormatterTests
{
    public ValueFormatterTests() => Formatter.ResetToDefault();

    [Fact]
    public void Text_stands_beside_every_form()
    {
        var bundle = ValueFormatter.Format(new { Name = "field", Size = 3 }, []);
        Assert.Contains("<table", bundle.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("field", bundle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_form_at_all_is_empty_text()
    {
        Assert.Equal("", ValueFormatter.Format(Array.Empty<FormattedValue>(), []).Text);
    }

    [Fact]
    public void Pictures_are_base64_and_their_text_says_what_they_are()
    {
        var bundle = ValueFormatter.Format(new byte[] { 1, 2, 3 }, ["image/png"]);
        Assert.Equal("AQID", bundle.Data["image/png"].GetValue<string>());
        Assert.Equal("(image/png, 3 bytes)", bundle.Text);
    }

    [Fact]
    public void Html_is_read_out_without_tags_styles_and_scripts()
    {
        var html = new HtmlString(
            "<style>b{}</style><p>one &amp; <b>two</b></p><script>x()</script><table><tr><td>1</td><td>2</td></tr></table>");
        Assert.Equal("one & two\n1\t2", ValueFormatter.Format(html, []).Text);
        Assert.Equal("(a script for the page)", ValueFormatter.Format(new HtmlString("<script>1</script>"), []).Text);
    }

    [Fact]
    public void What_a_formatter_throws_is_shown()
    {
        Formatter.Register<Version>(_ => throw new InvalidOperationException("no ink"), "text/html");
        var bundle = ValueFormatter.Format(new Version(1, 2), []);
        Assert.DoesNotContain("text/html", bundle.Data.Keys);
        Assert.Contains("InvalidOperationException: no ink", bundle.Text, StringComparison.Ordinal);
        Assert.Contains("Major", bundle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_that_is_none_is_shown_with_what_is_wrong()
    {
        Formatter.Register<Version>(_ => "{oops", "application/vnd.plotly.v1+json");
        var bundle = ValueFormatter.Format(new Version(1, 2), ["application/vnd.plotly.v1+json"]);
        Assert.Contains("expected JSON", bundle.Text, StringComparison.Ordinal);
        Assert.Contains("{oops", bundle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_collections_and_texts_are_bounded()
    {
        Assert.InRange(ValueFormatter.Format(Enumerable.Range(0, 5_000_000).ToArray(), []).Text.Length, 20, 1000);
        var text = ValueFormatter.Format(new string('x', 3_000_000), []).Text;
        Assert.InRange(text.Length, 1_000_000, 1_000_100);
        Assert.EndsWith("and 2,000,000 more characters", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_has_no_end_ends()
    {
        var bundle = ValueFormatter.Format(new Endless(), []);
        Assert.NotEmpty(bundle.Text);
    }

    [Fact]
    public void A_query_is_computed_once_for_all_its_forms()
    {
        var computed = 0;
        var query = Enumerable.Range(0, 3).Select(n =>
        {
            computed++;
            return n * 2;
        });
        var bundle = ValueFormatter.Format(query, []);
        Assert.Contains("4", bundle.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("4", bundle.Text, StringComparison.Ordinal);
        Assert.Equal(3, computed);
    }

    [Fact]
    public void An_endless_query_shows_its_beginning()
    {
        Assert.Contains("19", ValueFormatter.Format(Count(), []).Text, StringComparison.Ordinal);

        static IEnumerable<int> Count()
        {
            for (var n = 0; ; n++)
            {
                yield return n;
            }
        }
    }

    [Fact]
    public void Json_forms_hold_json_and_others_text()
    {
        var bundle = ValueFormatter.Format(new[] { 1, 2 }, ["application/json", "text/html"]);
        Assert.IsType<JsonArray>(bundle.Data["application/json"]);
        Assert.IsAssignableFrom<JsonValue>(bundle.Data["text/html"]);
    }

    private sealed class Endless
    {
        public Endless A => new();

        public Endless B => new();

        public Endless C => new();

        public Endless D => new();

        public Endless E => new();

        public Endless F => new();

        public Endless G => new();

        public Endless H => new();
    }
}
