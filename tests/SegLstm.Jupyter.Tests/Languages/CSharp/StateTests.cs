namespace SegLstm.Jupyter.Tests.Languages.CSharp;

public sealed class StateTests : IDisposable
{
    private readonly Notebook notebook = new();

    [Fact]
    public async Task Variables_types_functions_and_usings_reach_later_cells()
    {
        await notebook.Run("using System.Globalization;\nvar n = 20; class Twice { public int Of(int x) => 2 * x; }");
        await notebook.Run("int Add(int a, int b) => a + b;");
        Assert.Equal(42, await notebook.Run("Add(new Twice().Of(n), 2)"));
        Assert.Equal("1.5", await notebook.Run("1.5.ToString(CultureInfo.InvariantCulture)"));
    }

    [Fact]
    public async Task A_variable_can_be_declared_again_with_another_type()
    {
        await notebook.Run("var x = 1;");
        await notebook.Run("int F() => x;");
        await notebook.Run("var x = \"text\";");
        Assert.Equal("text", await notebook.Run("x"));
        Assert.Equal(1, await notebook.Run("F()"));
    }

    [Fact]
    public async Task A_cell_has_a_value_only_where_it_ends_with_an_expression()
    {
        Assert.True((await notebook.Part("1 + 1")).HasValue);
        Assert.True((await notebook.Part("(string)null")).HasValue);
        Assert.False((await notebook.Part("1.ToString();")).HasValue);
        Assert.False((await notebook.Part("var x = 1;")).HasValue);
        Assert.False((await notebook.Part("Console.WriteLine()")).HasValue);
        Assert.False((await notebook.Part("")).HasValue);
        Assert.False((await notebook.Part("// nothing")).HasValue);
    }

    [Fact]
    public async Task Await_stands_at_the_top_level() =>
        Assert.Equal(3, await notebook.Run("var x = await Task.Run(() => 1);\nawait Task.Delay(1);\nx + 2"));

    [Fact]
    public async Task What_succeeded_before_an_exception_stays()
    {
        var error = await notebook.Fails("var kept = 5;\nthrow new InvalidOperationException(\"no\");\nvar late = 6;");
        Assert.Equal("InvalidOperationException", error.Name);
        Assert.Equal("no", error.Message);
        Assert.Equal(2, error.Line);
        Assert.Equal(5, await notebook.Run("kept"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_changes_nothing()
    {
        await notebook.Run("var x = 1;");
        var error = await notebook.Fails("var x = 2;\nvar y = nowhere;");
        Assert.Equal("CompilationError", error.Name);
        Assert.Equal(2, error.Line);
        Assert.Contains("CS0103", error.Message);
        Assert.Equal(1, await notebook.Run("x"));
    }

    [Fact]
    public async Task Variables_show_the_newest_value_of_each_name()
    {
        await notebook.Run("var a = 1; var b = \"b\"; const int C = 3;");
        await notebook.Run("var a = 2.5; int.TryParse(\"7\", out var parsed); var (p, q) = (1, 'q');");
        await notebook.Run("b = \"new\";");
        var found = notebook.CSharp.Variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        Assert.Equal(["a", "b", "p", "parsed", "q"], found.Keys.Order());
        Assert.Equal(2.5, found["a"]);
        Assert.Equal("new", found["b"]);
        Assert.Equal(7, found["parsed"]);
    }

    public void Dispose() => notebook.Dispose();
}
