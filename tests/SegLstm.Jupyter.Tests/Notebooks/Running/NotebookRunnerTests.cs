using SegLstm.Jupyter.Notebooks;
using SegLstm.Jupyter.Notebooks.Running;
using static SegLstm.Jupyter.Tests.Notebooks.TestNotebook;

namespace SegLstm.Jupyter.Tests.Notebooks.Running;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Cells_run_in_order_and_their_outputs_are_kept()
    {
        NotebookRun run = await Run(Of(Markdown("# T"), Code("int a = 20;"), Raw("raw"), Code("Console.WriteLine(a); a + 22"), Code("  \n")));

        Assert.Null(run.Failure);
        Assert.Equal([null, 1, null, 2, null], run.Executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal("20\n|42", run.Executed.Shown(3));
        Assert.Equal("execute_result", (string?)run.Executed.Cells[3].Outputs[1]!["output_type"]);
    }

    [Fact]
    public async Task A_failing_cell_stops_the_notebook_with_its_number_source_line_and_error()
    {
        NotebookRun run = await Run(Of(
            Code("int a = 1;"), Code("a.ToString();\nint.Parse(\"no number\");"), Shown("a", Value("text/html", "stale"))));

        Assert.Equal((1, 2), (run.Failure!.CellIndex, run.Failure.Number));
        Assert.Equal("int.Parse(\"no number\");", run.Failure.SourceLine);
        Assert.Contains("FormatException: The input string 'no number'", run.Failure.Error);
        Assert.Matches("^Cell \\[2\\], line 2: FormatException: .*\\. It stands at: int.Parse", run.Failure.ToString());
        Assert.Equal("error", (string?)run.Executed.Cells[1].Outputs[0]!["output_type"]);
        Assert.Empty(run.Executed.Cells[2].Outputs);
        Assert.Null(run.Executed.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_fails_alike()
    {
        NotebookRun run = await Run(Of(Code("int a = 1;\nint b = nowhere;")));
        Assert.Equal((2, "int b = nowhere;"), (run.Failure!.Line, run.Failure.SourceLine));
        Assert.Contains("nowhere", run.Failure.Error);
    }

    [Fact]
    public async Task Tags_skip_a_cell_or_let_it_fail()
    {
        NotebookRun run = await Run(Of(
            Code("throw new Exception(\"foreseen\");", "raises-exception"), Code("throw new Exception();", "skip-execution"), Code("1 + 1")));
        Assert.Null(run.Failure);
        Assert.Equal("foreseen", run.Executed.Shown(0));
        Assert.Null(run.Executed.Cells[1].ExecutionCount);
        Assert.Equal("2", run.Executed.Shown(2));
    }

    [Fact]
    public async Task A_cell_that_runs_too_long_is_stopped()
    {
        NotebookRun run = await Run(Of(Code("Console.WriteLine(\"begin\");\nwhile (true) { }"), Code("1")), new NotebookRunner { CellTimeout = TimeSpan.FromSeconds(1) });
        Assert.Contains("TimeoutException: the cell ran longer than 1 s", run.Failure!.Error);
        Assert.False(run.Failure.IsStuck);
        Assert.StartsWith("begin\n|", run.Executed.Shown(0));
        // Timers count in ticks of some milliseconds, and may come one early.
        Assert.InRange(run.Duration.TotalSeconds, 0.95, 8);
    }

    [Fact]
    public async Task The_caller_can_stop_it()
    {
        using var stop = new CancellationTokenSource();
        var runner = new NotebookRunner { Progress = progress => { if (progress.Done == 1) stop.CancelAfter(500); } };
        NotebookRun run = await runner.RunAsync(Of(Code("1"), Code("await Task.Delay(-1);"), Code("2")), _folder, null, stop.Token);
        Assert.True(run.WasInterrupted);
        Assert.Equal(1, run.Failure!.CellIndex);
        Assert.Equal("1", run.Executed.Shown(0));
    }

    [Fact]
    public async Task Relative_paths_mean_the_notebooks_folder_and_the_callers_folder_comes_back()
    {
        File.WriteAllText(Path.Combine(_folder, "data.txt"), "found");
        string before = Environment.CurrentDirectory;
        NotebookRun run = await Run(Of(Code("System.IO.File.ReadAllText(\"data.txt\")")));
        Assert.Equal("found", run.Executed.Shown(0));
        Assert.Equal(before, Environment.CurrentDirectory);
    }

    [Fact]
    public async Task Each_notebook_has_variables_of_its_own()
    {
        await Run(Of(Code("int mine = 1;")));
        Assert.Contains("mine", (await Run(Of(Code("mine")))).Failure!.Error);
    }

    [Fact]
    public async Task Progress_names_each_cell_as_it_begins()
    {
        var seen = new List<NotebookProgress>();
        await Run(Of(Code("\n  int a = 1;\nint b;"), Markdown("x"), Code("a")), new NotebookRunner { Progress = seen.Add });
        Assert.Equal([new(0, 2, "int a = 1;"), new(1, 2, "a"), new(2, 2, "")], seen);
    }

    [Fact]
    public async Task A_display_is_updated_where_it_stands()
    {
        NotebookRun run = await Run(Of(Code("var bar = display(\"0 %\");"), Code("bar.Update(\"100 %\");")));
        Assert.Equal("100 %", run.Executed.Shown(0));
        Assert.Equal("", run.Executed.Shown(1));
    }

    [Fact]
    public async Task Input_that_nobody_can_give_fails_the_cell_with_advice()
    {
        NotebookRun run = await Run(Of(Code("Console.ReadLine()")));
        Assert.Contains("nobody can answer", run.Failure!.Error);
    }

    [Fact]
    public async Task What_a_run_writes_is_valid_for_nbformat()
    {
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Python) && Launch(Python, "-c", "import nbformat").ExitCode == 0, "python3-nbformat is not installed");
        NotebookDocument five = NotebookDocument.Parse(System.Text.Encoding.UTF8.GetBytes(
            Text(Code("int n = 1;", "parameters"), Code("Console.WriteLine(\"a\\nb\"); Console.Error.WriteLine(\"e\"); display(HTML(\"<b>x</b>\")); 5"), Code("throw new Exception(\"x\");"))
            .Replace("\"nbformat_minor\": 4", "\"nbformat_minor\": 5").Replace("\"cell_type\"", "\"id\": \"ID\", \"cell_type\"")), "five.ipynb");
        NotebookRun run = await Run(SegLstm.Jupyter.Notebooks.Parameters.ParameterCell.Inject(five, new Dictionary<string, string> { ["n"] = "2" }));
        string text = run.Executed.ToString();
        for (int i = 0; text.Contains("\"ID\""); i++) text = text.Remove(text.IndexOf("\"ID\"", StringComparison.Ordinal), 4).Insert(text.IndexOf("\"ID\"", StringComparison.Ordinal), $"\"cell{i}\"");
        string file = Path.Combine(_folder, "five.ipynb");
        File.WriteAllText(file, text);

        // Read, checked against the schema, and the outputs written by nbformat itself: the same text.
        (int code, string output) = Launch(Python, "-c", """
            import json, nbformat, sys
            nb = nbformat.read(sys.argv[1], 4)
            nbformat.validate(nb)
            stored = json.load(open(sys.argv[1]))
            written = json.loads(nbformat.writes(nb))
            for a, b in zip(stored["cells"], written["cells"]):
                assert json.dumps(a.get("outputs")) == json.dumps(b.get("outputs")), (a, b)
            print("valid", len(nb.cells))
            """, file);
        Assert.Equal((0, "valid 4\n"), (code, output));
    }

    private static (int ExitCode, string Output) Launch(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private Task<NotebookRun> Run(NotebookDocument notebook, NotebookRunner? runner = null) =>
        (runner ?? new NotebookRunner()).RunAsync(notebook, _folder, null, CancellationToken.None);
}
