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
    [InlineData("there is no parameter 'stepz' in a.ipynb (did you mean 'steps'?)", "a.ipynb", "--out", "out", "--parameters", "stepz=1")]
    [InlineData("parameter steps: expected int (a whole number of at most 2147483647), got 'many'", "a.ipynb", "--out", "out", "--parameters", "steps=many")]
    [InlineData("--parameters steps: expected NAME=VALUE", "a.ipynb", "--out", "out", "--parameters", "steps")]
    [InlineData("notebook b.ipynb: there is no such file (did you mean 'a.ipynb'?)", "b.ipynb", "--out", "out")]
    [InlineData("is a folder: give its notebooks", ".", "--out", "out")]
    [InlineData("results would overwrite the notebook", "a.ipynb", "--out", ".")]
    [InlineData("results would overwrite the notebook", "a.ipynb", "--out", "./")]
    [InlineData("results would overwrite the notebook", "sub/a.ipynb", "--out", "sub//")]
    [InlineData("results would overwrite the notebook", "sub/a.ipynb", "--out", "link")]
    [InlineData("results would overwrite the notebook", "link/a.ipynb", "--out", "sub")]
    [InlineData("results would overwrite the notebook", "linked.ipynb", "--out", "sub")]
    [InlineData("index.ipynb: its page would be index.html", "index.ipynb", "--out", "out")]
    [InlineData("noted.ipynb, cell 2: its metadata names the language 'fsharp', which Jupyter does not tell a kernel: write #!fsharp", "noted.ipynb", "--out", "out")]
    [InlineData("have one name", "a.ipynb", "sub/a.ipynb", "--out", "out")]
    [InlineData("is a notebook for 'python3'", "python.ipynb", "--out", "out")]
    [InlineData("damaged.ipynb, line 1, column 3: no valid JSON", "damaged.ipynb", "--out", "out")]
    [InlineData("--timeout 0: expected more than 0 seconds", "a.ipynb", "--out", "out", "--timeout", "0")]
    [InlineData("--timeout 9999999: expected at most 2592000 seconds (30 days)", "a.ipynb", "--out", "out", "--timeout", "9999999")]
    [InlineData("Option '--out' is required. See: seglstm notebook run --help", "a.ipynb")]
    public void What_cannot_run_is_said_in_one_line_before_anything_runs(string message, params string[] arguments)
    {
        Write("a.ipynb", ["int steps = 1;"], "parameters");
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        Write("sub/a.ipynb", ["1"]);
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "sub");
        File.CreateSymbolicLink(Path.Combine(_folder, "linked.ipynb"), Path.Combine("link", "a.ipynb"));
        Write("index.ipynb", ["1"]);
        Write("noted.ipynb", ["#!fsharp\nlet x = 1", "let y = 1"]);
        Change("noted.ipynb", json =>
        {
            foreach (JsonNode? cell in json["cells"]!.AsArray())
                cell!["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" } };
        });
        Write("python.ipynb", ["1"]);
        string python = Path.Combine(_folder, "python.ipynb");
        File.WriteAllText(python, File.ReadAllText(python).Replace("\"C#\"", "\"python\"").Replace(".net-csharp", "python3"));
        File.WriteAllText(Path.Combine(_folder, "damaged.ipynb"), "{ half");

        Assert.Contains(message, Run(arguments).FailureLine());
        Assert.False(File.Exists(Path.Combine(_folder, "out", "index.html")));
    }

    [Fact]
    public void A_notebook_that_names_our_kernel_and_no_language_runs()
    {
        Write("a.ipynb", ["1 + 1"]);
        Change("a.ipynb", json => json["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = "seglstm-csharp" } });
        SeglstmProcess run = Run("a.ipynb", "--out", "out");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private SeglstmProcess Run(params string[] arguments) => SeglstmProcess.Run([], ["notebook", "run", .. arguments], _folder);

    private void Change(string name, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, name)))!;
        change(json);
        File.WriteAllText(Path.Combine(_folder, name), json.ToJsonString());
    }

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
