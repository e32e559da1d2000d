using System.Text.Json.Nodes;

namespace SegLstm.Cli.Tests.Commands;

public sealed class NotebookCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Notebooks_run_one_after_the_other_and_one_that_fails_does_not_stop_the_next()
    {
        Write("a.ipynb", ["int n = 1;", "// what\nint.Parse(\"no\");"]);
        Write("b.ipynb", ["1 + 1"]);

        SeglstmProcess run = Run("a.ipynb", "b.ipynb", "--out", "out");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("seglstm: a.ipynb: Cell [2], line 2: FormatException: The input string 'no' was not in a correct format. It stands at: int.Parse(\"no\");", run.Error);
        Assert.Contains("a.ipynb: 2 code cells in", run.Output);
        Assert.Contains("b.ipynb: 1 code cells in", run.Output);
        Assert.Contains("1 of 2 notebooks failed", run.Output);
        Assert.DoesNotContain("   at ", run.Error);
        foreach (string file in new[] { "a.ipynb", "a.html", "b.ipynb", "b.html", "index.html" }) Assert.True(File.Exists(Path.Combine(_folder, "out", file)), file);
    }

    [Fact]
    public void Parameters_reach_the_notebook_and_the_stored_one_is_not_touched()
    {
        string stored = Write("a.ipynb", ["int steps = 100; // steps", "string name = \"x\";\nConsole.WriteLine($\"{name} {steps}\");"], "parameters");
        SeglstmProcess run = Run("a.ipynb", "--out", "out", "--parameters", "steps=7");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("x 7", File.ReadAllText(Path.Combine(_folder, "out", "a.ipynb")));
        Assert.Equal(stored, File.ReadAllText(Path.Combine(_folder, "a.ipynb")));
    }

    [Fact]
    public void Help_with_a_file_lists_its_parameters()
    {
        Write("a.ipynb", ["int steps = 100; // optimizer steps\nfloat[] scales = { 1f };"], "parameters");
        SeglstmProcess run = Run("--help", "a.ipynb");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Parameters of a.ipynb:\n  steps   int      100     optimizer steps\n  scales  float[]  { 1f }\n", run.Output);
        Assert.Contains("--resume", run.Output);
    }

    [Fact]
    public void Help_needs_no_file()
    {
        SeglstmProcess run = Run("--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.DoesNotContain("Parameters of", run.Output);
    }

    [Fact]
    public void Resuming_runs_nothing_that_has_finished()
    {
        Write("a.ipynb", ["System.IO.File.AppendAllText(\"log\", \"ran \");"]);
        Assert.Equal(0, Run("a.ipynb", "--out", "out").ExitCode);
        SeglstmProcess again = Run("a.ipynb", "--out", "out", "--resume");
        Assert.Contains("a.ipynb: finished before, unchanged", again.Output);
        Assert.Equal("ran ", File.ReadAllText(Path.Combine(_folder, "log")));
    }

    [Theory]
    [InlineData("there is no parameter 'stepz' in a.ipynb: did you mean 'steps'?", "a.ipynb", "--out", "out", "--parameters", "stepz=1")]
    [InlineData("parameter steps: expected int (a whole number of at most 2147483647), got 'many'", "a.ipynb", "--out", "out", "--parameters", "steps=many")]
    [InlineData("--parameters steps: expected NAME=VALUE", "a.ipynb", "--out", "out", "--parameters", "steps")]
    [InlineData("notebook b.ipynb: there is no such file: did you mean 'a.ipynb'?", "b.ipynb", "--out", "out")]
    [InlineData("is a folder: give its notebooks", ".", "--out", "out")]
    [InlineData("results would overwrite the notebook", "a.ipynb", "--out", ".")]
    [InlineData("have one name", "a.ipynb", "sub/a.ipynb", "--out", "out")]
    [InlineData("is a notebook for 'python3'", "python.ipynb", "--out", "out")]
    [InlineData("damaged.ipynb, line 1, column 3: no valid JSON", "damaged.ipynb", "--out", "out")]
    [InlineData("--timeout 0: expected more than 0 seconds", "a.ipynb", "--out", "out", "--timeout", "0")]
    [InlineData("Option '--out' is required. See: seglstm notebook run --help", "a.ipynb")]
    public void What_cannot_run_is_said_in_one_line_before_anything_runs(string message, params string[] arguments)
    {
        Write("a.ipynb", ["int steps = 1;"], "parameters");
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        Write("sub/a.ipynb", ["1"]);
        Write("python.ipynb", ["1"]);
        string python = Path.Combine(_folder, "python.ipynb");
        File.WriteAllText(python, File.ReadAllText(python).Replace("\"C#\"", "\"python\"").Replace(".net-csharp", "python3"));
        File.WriteAllText(Path.Combine(_folder, "damaged.ipynb"), "{ half");

        Assert.Contains(message, Run(arguments).FailureLine());
        Assert.False(File.Exists(Path.Combine(_folder, "out", "index.html")));
    }

    private SeglstmProcess Run(params string[] arguments) => SeglstmProcess.Run([], ["notebook", "run", .. arguments], _folder);

    private string Write(string name, string[] cells, string? tag = null)
    {
        JsonNode[] code = [.. cells.Select((source, i) => new JsonObject
        {
            ["cell_type"] = "code", ["execution_count"] = null, ["outputs"] = new JsonArray(), ["source"] = source,
            ["metadata"] = tag is null || i > 0 ? [] : new JsonObject { ["tags"] = new JsonArray(tag) },
        })];
        string text = new JsonObject
        {
            ["cells"] = new JsonArray(code),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4, ["nbformat_minor"] = 4,
        }.ToJsonString();
        File.WriteAllText(Path.Combine(_folder, name), text);
        return text;
    }
}
