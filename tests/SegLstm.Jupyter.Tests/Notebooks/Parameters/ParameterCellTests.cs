using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Notebooks;
using SegLstm.Jupyter.Notebooks.Parameters;

namespace SegLstm.Jupyter.Tests.Notebooks.Parameters;

public class ParameterCellTests
{
    private const string Cell = """
        // Steps of the optimizer,
        // at least one
        int steps = 100;
        double lr = 3e-4;   // learning rate

        // A heading of its own

        string name = "x"; bool quick = true;
        float[] scales = { 0.5f, 1f };
        double? clip = null;
        var seed = 42L;
        var ratios = new[] { 1, 2.5 };
        System.DateTime day = default;
        string? note = null;
        """;

    [Fact]
    public void Parameters_are_listed_with_type_default_and_comment() => Assert.Equal(
        [
            new("steps", "int", "100", "Steps of the optimizer, at least one"),
            new("lr", "double", "3e-4", "learning rate"),
            new("name", "string", "\"x\"", ""),
            new("quick", "bool", "true", ""),
            new("scales", "float[]", "{ 0.5f, 1f }", ""),
            new("clip", "double?", "null", ""),
            new("seed", "long", "42L", ""),
            new("ratios", "double[]", "new[] { 1, 2.5 }", ""),
            new("day", "System.DateTime", "default", ""),
            new("note", "string?", "null", ""),
        ],
        ParameterCell.Read(Notebook(Cell)));

    [Theory]
    [InlineData("steps", "200", "int steps = 200;")]
    [InlineData("steps", "-5", "int steps = -5;")]
    [InlineData("lr", "200", "double lr = 200.0;")]
    [InlineData("lr", "1e-5", "double lr = 1E-05;")]
    [InlineData("lr", "NaN", "double lr = double.NaN;")]
    [InlineData("name", "say \"hi\"\n\\", "string name = \"say \\\"hi\\\"\\n\\\\\";")]
    [InlineData("name", "null", "string name = \"null\";")]
    [InlineData("note", "null", "string? note = null;")]
    [InlineData("note", "x", "string? note = \"x\";")]
    [InlineData("quick", "False", "bool quick = false;")]
    [InlineData("scales", "0.5, 1,2", "float[] scales = new float[] { 0.5f, 1f, 2f };")]
    [InlineData("scales", "[]", "float[] scales = new float[] { };")]
    [InlineData("clip", "null", "double? clip = null;")]
    [InlineData("clip", "0.5", "double? clip = 0.5;")]
    [InlineData("seed", "7", "long seed = 7L;")]
    public void A_value_is_written_as_C_sharp_of_the_declared_type(string name, string value, string code)
    {
        NotebookDocument injected = ParameterCell.Inject(Notebook(Cell), new Dictionary<string, string> { [name] = value });
        Assert.Equal("// Parameters\n" + code, injected.Cells[1].Source);
        Assert.True(injected.Cells[1].IsTagged("injected-parameters"));
    }

    [Theory]
    [InlineData("steps", "2.5", "parameter steps: expected int (a whole number of at most 2147483647), got '2.5'")]
    [InlineData("steps", "99999999999", "got '99999999999'")]
    [InlineData("steps", "null", "null needs the type int? in the notebook")]
    [InlineData("quick", "maybe", "expected bool (true or false), got 'maybe'")]
    [InlineData("scales", "1,x", "expected float[] (values with commas between them), got 'x'")]
    [InlineData("lr", "1e999", "got '1e999'")]
    [InlineData("day", "2020-01-01", "is of type System.DateTime, which cannot be set from outside")]
    [InlineData("stepz", "1", "no parameter 'stepz': expected one of steps, lr")]
    public void What_does_not_fit_is_refused(string name, string value, string message) => Assert.Contains(message,
        Assert.Throws<ParameterException>(() => ParameterCell.Inject(Notebook(Cell), new Dictionary<string, string> { [name] = value })).Message);

    [Theory]
    [InlineData("int n;", "parameter n has no default")]
    [InlineData("var t = System.DateTime.Now;", "the type of parameter t cannot be seen")]
    [InlineData("int n = 1;\nConsole.WriteLine(n);", "line 2: expected declarations only")]
    [InlineData("int n = ;", "line 1: ")]
    public void A_cell_that_declares_no_clear_parameters_is_refused(string code, string message) =>
        Assert.Contains(message, Assert.Throws<ParameterException>(() => ParameterCell.Read(Notebook(code))).Message);

    [Fact]
    public void A_second_run_replaces_the_values_of_the_first()
    {
        NotebookDocument once = ParameterCell.Inject(Notebook(Cell), new Dictionary<string, string> { ["steps"] = "1" });
        NotebookDocument twice = ParameterCell.Inject(once, new Dictionary<string, string> { ["lr"] = "2" });
        Assert.Equal(once.Cells.Count, twice.Cells.Count);
        Assert.Equal("// Parameters\ndouble lr = 2.0;", twice.Cells[1].Source);
    }

    [Fact]
    public void Without_values_nothing_is_added() =>
        Assert.Equal(Notebook(Cell).ToString(), ParameterCell.Inject(Notebook(Cell), new Dictionary<string, string>()).ToString());

    [Fact]
    public void A_notebook_without_the_cell_takes_none()
    {
        NotebookDocument notebook = Notebook("int n = 1;", "other");
        Assert.Empty(ParameterCell.Read(notebook));
        Assert.Contains("no code cell tagged parameters", Assert.Throws<ParameterException>(
            () => ParameterCell.Inject(notebook, new Dictionary<string, string> { ["n"] = "2" })).Message);
    }

    private static NotebookDocument Notebook(string code, string tag = "parameters") => NotebookDocument.Parse(Encoding.UTF8.GetBytes(
        new JsonObject
        {
            ["cells"] = new JsonArray(new JsonObject
            {
                ["cell_type"] = "code", ["source"] = code, ["outputs"] = new JsonArray(), ["execution_count"] = null,
                ["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) },
            }),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
        }.ToJsonString()), "t.ipynb");
}
