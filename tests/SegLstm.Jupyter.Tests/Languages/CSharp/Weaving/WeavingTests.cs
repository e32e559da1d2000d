namespace SegLstm.Jupyter.Tests.Languages.CSharp.Weaving;

public sealed class WeavingTests
{
    /// <summary>One snippet a paragraph; each ends with its value.</summary>
    public static TheoryData<string> Snippets =>
        [.. File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Languages/CSharp/Weaving/snippets.txt"))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(snippet => snippet.Trim())];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task Woven_code_compiles_and_computes_the_same(string code)
    {
        using var notebook = new Notebook();
        object? woven = await notebook.Run(code);
        Assert.DoesNotContain("cannot be stopped", notebook.Output.Stderr);
        Assert.Equal(Text(await PlainRun.Run(code)), Text(woven));
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task Woven_code_computes_the_same_where_the_cell_cannot_be_interrupted_and_where_it_can(string code)
    {
        using var notebook = new Notebook();
        using var source = new CancellationTokenSource();
        Assert.Equal(Text(await PlainRun.Run(code)), Text(await notebook.Run(code, source.Token)));
    }

    private static string Text(object? value) => value is System.Collections.IEnumerable many and not string
        ? string.Join(", ", many.Cast<object?>().Select(Text))
        : $"{value}";
}
