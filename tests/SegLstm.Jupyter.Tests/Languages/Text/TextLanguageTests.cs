using SegLstm.Jupyter.Tests.Sessions;

namespace SegLstm.Jupyter.Tests.Languages.Text;

public sealed class TextLanguageTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Html_is_shown_as_it_is()
    {
        var shown = (await session.Run("#!html\n<p>Hello <b>you</b></p>")).Shown!;
        Assert.Equal("<p>Hello <b>you</b></p>", shown.Data["text/html"].GetValue<string>());
        Assert.Equal("Hello you", shown.Text);
    }

    [Fact]
    public async Task Markdown_is_shown_by_the_front_end_or_as_html()
    {
        var shown = (await session.Run("#!markdown\n# Title\n$x^2$")).Shown!;
        Assert.Equal("# Title\n$x^2$", shown.Data["text/markdown"].GetValue<string>());
        Assert.Contains("<h1", shown.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mermaid_has_its_own_form_and_an_escaped_one()
    {
        var shown = (await session.Run("#!mermaid\ngraph LR\nA-->B")).Shown!;
        Assert.Equal("graph LR\nA-->B", shown.Data["text/vnd.mermaid"].GetValue<string>());
        Assert.Contains("A--&gt;B", shown.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_see_shared_values_as_json()
    {
        await session.Run("#!value --name note\n</script> \"quoted\"");
        var script = (await session.Run("#!javascript\n#!share --from value note\nconsole.log(note)")).Shown!.Data["text/html"]
            .GetValue<string>();
        Assert.Contains("const note = \"", script, StringComparison.Ordinal);
        Assert.Equal(script.IndexOf("</script>", StringComparison.Ordinal), script.Length - "</script>".Length);
        Assert.Contains("expected a JavaScript name", (await session.Fail("#!js\n#!set --name 1x --value 2")).Message,
            StringComparison.Ordinal);
    }
}
