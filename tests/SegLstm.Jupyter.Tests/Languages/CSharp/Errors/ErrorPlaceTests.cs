using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Tests.Languages.CSharp.Errors;

public sealed class ErrorPlaceTests : IDisposable
{
    private readonly Notebook notebook = new();

    [Fact]
    public async Task A_compiler_error_shows_its_line_and_a_caret_below_the_word()
    {
        CellError error = await notebook.Fails("var a = 1;\n\tvar b = Math.Abs(missing) + a;");
        Assert.Equal(2, error.Line);
        Assert.StartsWith("cell [1], line 2, column 19: error CS0103: ", error.Message);
        Assert.Equal("    \tvar b = Math.Abs(missing) + a;", error.Traceback[1]);
        Assert.Equal("    \t                 ^^^^^^^", error.Traceback[2]);
    }

    [Theory]
    [InlineData("var counter = 1; Console.WriteLine(countr);", "Did you mean 'counter'?")]
    [InlineData("console.WriteLine(1);", "Did you mean 'Console'?")]
    [InlineData("\"abc\".Lenght", "Did you mean 'Length'?")]
    [InlineData("new List<int>().Selct(x => x)", "Did you mean 'Select'?")]
    [InlineData("Math.abs(1)", "Did you mean 'Abs'?")]
    [InlineData("File.Exists(\"x\")", "Add: using System.IO;")]
    [InlineData("new Stopwatch()", "Add: using System.Diagnostics;")]
    public async Task An_unknown_name_comes_with_what_may_have_been_meant(string code, string hint) =>
        Assert.EndsWith(hint, (await notebook.Fails(code)).Message);

    [Fact]
    public async Task Many_errors_are_cut_short()
    {
        CellError error = await notebook.Fails(string.Join('\n', Enumerable.Range(0, 30).Select(i => $"a{i}b{i}();")));
        Assert.Equal("… and 20 more errors", error.Traceback[^1]);
    }

    [Fact]
    public async Task A_warning_is_told_with_its_place()
    {
        await notebook.Run("void F()\n{\n    for (int i = 0; i < 1; i++) { int unused = 1; }\n}");
        Assert.Equal(
            "cell [1], line 3, column 39: warning CS0219: The variable 'unused' is assigned but its value is never used\n",
            notebook.Output.Stderr);
    }

    [Theory]
    [InlineData("var zero = 0;\nvar x = 1 / zero;", 2, 9)]
    [InlineData("await Task.Delay(1);\nawait Task.Run(() => 1);\nstring s = null; Math.Abs(1); s.Trim();", 3, 31)]
    [InlineData("int F(int x) => x > 0\n    ? 1\n    : throw new Exception(\"no\");\nF(0)", 1, 17)]
    public async Task An_exception_shows_its_line_and_a_caret_below_its_statement(string code, int line, int column)
    {
        CellError error = await notebook.Fails(code);
        Assert.Equal(line, error.Line);
        Assert.Equal($"cell [1], line {line}", error.Traceback[0]);
        Assert.Equal("    " + code.Split('\n')[line - 1], error.Traceback[1]);
        Assert.Equal("    " + new string(' ', column - 1) + "^", error.Traceback[2]);
    }

    [Fact]
    public async Task An_index_out_of_range_is_placed_among_the_lines_that_have_an_index()
    {
        CellError error = await notebook.Fails(
            "int[] xs = new int[1];\nMath.Abs(1);\nfor (int i = 0; i < 3; i++) { Math.Abs(1); xs[i]++; }\nMath.Abs(1);");
        Assert.Contains("line", error.Traceback[0]);
        Assert.InRange(error.Line!.Value, 1, 3);
        error = await notebook.Fails(
            "int Pick(int[] xs)\n{\n    int i = int.Parse(\"7\");\n    return xs[i];\n}\nPick(new int[2])");
        Assert.Equal(4, error.Line);
    }

    [Fact]
    public async Task Frames_are_the_users_own_and_named_as_they_are_written()
    {
        await notebook.Run("class Box<T>\n{\n    public T Value => throw new InvalidOperationException(\"empty\");\n}");
        await notebook.Run(
            "int Open(Box<int> box, string how) { return box.Value + how.Trim().Length; }\n" +
            "async Task<int> Later(Box<int> box)\n{\n    await Task.Yield();\n    return Open(box, \"now\");\n}");
        CellError error = await notebook.Fails(
            "var box = new Box<int>();\nvar all = new[] { box }.Select(b => Open(b, \"x\"));\nawait Later(box);");
        Assert.Equal("InvalidOperationException", error.Name);
        Assert.Equal(3, error.Line);
        Assert.Equal(
            [
                "cell [3], line 3", "    await Later(box);", "    ^", "InvalidOperationException: empty",
                "   in Box.Value() cell [1] line 3", "   in Open(Box<int> box, string how) cell [2] line 1",
                "   in Later(…) cell [2] line 5",
                "   in cell [3] line 3",
            ],
            error.Traceback);
    }

    [Fact]
    public async Task Inner_exceptions_are_told_and_wrappers_taken_off()
    {
        CellError error = await notebook.Fails(
            "try { int.Parse(\"x\"); } catch (Exception e) { throw new InvalidOperationException(\"outer\", e); }");
        Assert.Contains(error.Traceback, line => line.StartsWith("caused by FormatException: "));
        error = await notebook.Fails("Task.Run(() => { throw new FormatException(\"inside\"); }).Wait();");
        Assert.Equal(("FormatException", "inside"), (error.Name, error.Message));
        error = await notebook.Fails("typeof(int).GetMethod(\"Parse\", [typeof(string)]).Invoke(null, [\"x\"])");
        Assert.Equal("FormatException", error.Name);
    }

    public void Dispose() => notebook.Dispose();
}
