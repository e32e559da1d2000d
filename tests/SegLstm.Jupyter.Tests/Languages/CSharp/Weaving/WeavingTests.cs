using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp.Running;
using SegLstm.Jupyter.Languages.CSharp.Weaving;

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
        Assert.DoesNotContain("stopped", notebook.Output.Stderr);
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

    [Theory]
    [InlineData("class M { public int V; public static implicit operator M(double d) { M m = d; m.V += 1; return m; } }\nM m = 1.0;")]
    [InlineData("class A { public A(A a) { } public A() : this(new A()) { } }\nnew A()")]
    [InlineData("class A { public A(A a) { } } class B() : A(new B());\nnew B()")]
    [InlineData("class D { public void Deconstruct(out D a, out D b) { (a, b) = this; } }\nvar (a, b) = new D();")]
    [InlineData("class E { public event Action Left { add { Left += value; } remove { } } }\nnew E().Left += () => { };")]
    [InlineData("class P { public P Next => this is { Next: null } ? null : this; }\nnew P().Next")]
    public async Task A_recursion_without_a_call_that_is_written_as_one_is_an_error(string code)
    {
        // First the text: without the look at the stack the run would end this process.
        CSharpCompilation bound = CellCompiler.Bind(code, "woven", CellCompiler.Empty(FrameworkReferences.List, null));
        SyntaxTree tree = bound.SyntaxTrees.Single();
        string woven = Weaver.Weave(bound.GetSemanticModel(tree)).Apply(tree.GetText()).Text.ToString();
        Assert.Matches(@"Woven\.(Enter|Begin)\(\)", woven);

        using var notebook = new Notebook();
        Assert.Equal("InsufficientExecutionStackException", (await notebook.Fails(code)).Name);
    }

    [Fact]
    public async Task A_cell_whose_calls_cannot_be_woven_still_has_checks()
    {
        using var notebook = new Notebook();
        TimeSpan took = await notebook.Stops(
            "void Wait(ReadOnlySpan<Task> tasks) => Task.WaitAll(tasks);\nWait([Task.CompletedTask]); while (true) { }");
        Assert.True(took < TimeSpan.FromSeconds(1));
        Assert.Contains("in its loops and functions, but maybe not while it waits", notebook.Output.Stderr);
    }

    private static string Text(object? value) => value is System.Collections.IEnumerable many and not string
        ? string.Join(", ", many.Cast<object?>().Select(Text))
        : $"{value}";
}
