using SegLstm.Jupyter.Tests.Sessions;

namespace SegLstm.Jupyter.Tests.Display;

public sealed class KernelTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task What_notebooks_of_dotnet_interactive_call_compiles_and_shows()
    {
        var cell = await session.Run("""
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Formatting;
            using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;
            display("text"); display(HTML("<b>bold</b>")); HTML("<i>i</i>").Display(); "*md*".DisplayAs("text/markdown");
            new[] { new { a = 1, b = "x" } }.DisplayTable(); display(new { p = 1 }, "application/json"); 3.Display("text/plain");
            display(span[style: "color:red"]("red")); CSS(".x { color: red }"); Javascript("console.log(1)"); javascript("2");
            KernelInvocationContext.Current.Display(5); KernelInvocationContext.Current.DisplayAs("<hr>", "text/html");
            DisplayedValue shown = display(new List<int> { 1, 2, 3 }); shown.Update(new List<int> { 4 });
            var forms = FormattedValue.CreateManyFromObject(7, "text/plain", "text/html"); forms.Count
            """);
        Assert.All(cell.Events, item => Assert.True(item.Bundle!.Data.ContainsKey("text/plain")));
        Assert.Equal(14, cell.Events.Count(item => item.Kind == "display"));
        Assert.Equal("bold", cell.Events[1].Text);
        Assert.Equal("*md*", cell.Events[3].Bundle!.Data["text/markdown"].GetValue<string>());
        Assert.Equal(1, cell.Events[5].Bundle!.Data["application/json"]["p"]!.GetValue<int>());
        Assert.Equal("red", cell.Events[7].Text);
        Assert.Equal("2", cell.Value!.Text);
    }

    [Fact]
    public async Task An_update_finds_its_value_by_id_also_after_the_cell()
    {
        var first = await session
            .Run("var bar = display(\"0 %\"); _ = Task.Run(async () => { await Task.Delay(300); bar.Update(\"50 %\"); });");
        await Task.Delay(600);
        var second = await session.Run("bar.Update(\"100 %\");");
        var id = first.Events[0].Id;
        Assert.NotNull(id);
        Assert.Equal(("update", "50 %", id), (first.Events[1].Kind, first.Events[1].Text, first.Events[1].Id));
        Assert.Equal(("update", "100 %", id), (second.Events[0].Kind, second.Events[0].Text, second.Events[0].Id));
    }

    [Fact]
    public async Task Registered_formatters_take_effect_in_all_their_forms()
    {
        var cell = await session.Run("""
            using Microsoft.DotNet.Interactive.Formatting;
            class Figure { }
            Formatter.Register<Figure>(f => "<b>figure</b>", "text/html");
            Formatter.Register<Figure>(f => "{\"data\":[1]}", "application/vnd.plotly.v1+json");
            Formatter.Register<Figure>(f => "a figure", "text/plain");
            Formatter.SetPreferredMimeTypesFor(typeof(Figure), "text/html", "application/vnd.plotly.v1+json");
            new Figure()
            """);
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], cell.Value!.Data.Keys.Order());
        Assert.Equal(1, cell.Value.Data["application/vnd.plotly.v1+json"]["data"]![0]!.GetValue<int>());
        Assert.Equal("a figure", cell.Value.Text);
    }

    [Fact]
    public async Task A_new_session_forgets_formatters()
    {
        await session.Run("Microsoft.DotNet.Interactive.Formatting.Formatter.Register<int>(n => \"INT\", \"text/html\");");
        Assert.Contains("INT", (await session.Run("1")).Value!.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
        using var next = new Session();
        Assert.DoesNotContain("INT", (await next.Run("1")).Value!.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
    }
}
