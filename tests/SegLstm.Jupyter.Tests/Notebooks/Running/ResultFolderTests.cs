using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Notebooks;
using SegLstm.Jupyter.Notebooks.Running;
using static SegLstm.Jupyter.Tests.Notebooks.TestNotebook;

namespace SegLstm.Jupyter.Tests.Notebooks.Running;

public sealed class ResultFolderTests : IDisposable
{
    // Each run of a cell leaves a line in a file beside the notebook.
    private const string Mark = "System.IO.File.AppendAllText(\"log\", \"{0}\\n\"); ";

    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Out => Path.Combine(_folder, "out");

    [Fact]
    public async Task A_finished_notebook_does_not_run_again_while_nothing_changes()
    {
        JsonObject[] cells = [Markdown("# One"), Marked("a", "1 + 1")];
        await Run(cells);
        NotebookRun again = await Run(cells, resume: true);
        Assert.Equal(["a"], Log());
        Assert.Equal("2", again.Executed.Shown(1));
    }

    [Fact]
    public async Task Another_text_beside_the_code_does_not_run_it_again_but_is_written()
    {
        await Run([Markdown("# One"), Marked("a", "1 + 1")]);
        await Run([Markdown("# Two"), Marked("a", "1 + 1")], resume: true);
        Assert.Equal(["a"], Log());
        Assert.Contains("Two</h1>", File.ReadAllText(Path.Combine(Out, "test.html")));
        Assert.Contains(">Two</a>", File.ReadAllText(Path.Combine(Out, "index.html")));
    }

    [Fact]
    public async Task After_a_failure_earlier_cells_rebuild_their_variables_and_cached_ones_keep_their_outputs()
    {
        JsonObject Cached() => Marked("long", "Console.WriteLine(\"slow result\");", "cached");
        await Run([Marked("a", "int a = 7;"), Cached(), Marked("bad", "int.Parse(\"x\")"), Marked("end", "a")]);
        Assert.Equal(["a", "long", "bad"], Log());

        NotebookRun resumed = await Run([Marked("a", "int a = 7;"), Cached(), Marked("good", "a + 1"), Marked("end", "a")], resume: true);

        Assert.Null(resumed.Failure);
        Assert.Equal(["a", "good", "end"], Log().Skip(3));
        Assert.Equal(1, resumed.Kept);
        Assert.Equal(["", "slow result\n", "8", "7"], Enumerable.Range(0, 4).Select(resumed.Executed.Shown));
    }

    [Fact]
    public async Task A_cached_cell_behind_a_change_runs_again()
    {
        await Run([Marked("a", "int a = 7;"), Marked("c", "Console.WriteLine(a);", "cached"), Marked("bad", "int.Parse(\"x\")")]);
        NotebookRun resumed = await Run([Marked("a", "int a = 8;"), Marked("c", "Console.WriteLine(a);", "cached")], resume: true);
        Assert.Equal("8\n", resumed.Executed.Shown(1));
    }

    [Fact]
    public async Task Cells_that_give_another_result_than_before_are_named()
    {
        await Run([Code("1"), Code("Guid.NewGuid()"), Code("int.Parse(\"x\")")]);
        Assert.Equal([2], (await Run([Code("1"), Code("Guid.NewGuid()"), Code("2")], resume: true)).Differing);
    }

    [Fact]
    public async Task A_changed_file_that_a_cell_loads_makes_all_run_again()
    {
        string script = Path.Combine(_folder, "part.csx");
        File.WriteAllText(script, "int loaded = 1;");
        JsonObject[] cells = [Marked("a", "1"), Code("#load \"part.csx\""), Code("loaded")];
        await Run(cells);
        File.WriteAllText(script, "int loaded = 2;");
        Assert.Equal("2", (await Run(cells, resume: true)).Executed.Shown(2));
        Assert.Equal(["a", "a"], Log());
    }

    [Fact]
    public async Task What_changes_while_the_notebook_runs_makes_the_next_run_run_all_again()
    {
        string script = Path.Combine(_folder, "part.csx");
        File.WriteAllText(script, "int loaded = 1;");
        JsonObject[] cells = [Marked("a", "1"), Code("#load \"part.csx\""), Code("System.IO.File.WriteAllText(\"part.csx\", \"int loaded = 2;\"); loaded")];
        await Run(cells);
        await Run(cells, resume: true);
        Assert.Equal(["a", "a"], Log());
    }

    [Fact]
    public async Task A_link_to_a_notebook_that_an_earlier_call_ran_leads_to_its_page()
    {
        File.WriteAllText(Path.Combine(_folder, "next.ipynb"), Text(Code("1")));
        JsonObject[] cells = [Markdown("[on](next.ipynb)"), Code("1")];
        await Run(cells);
        Assert.Contains("href=\"../next.ipynb\"", File.ReadAllText(Path.Combine(Out, "test.html")));
        await Run([Code("1")], name: "next");
        await Run(cells);
        Assert.Contains("href=\"next.html\"", File.ReadAllText(Path.Combine(Out, "test.html")));
    }

    [Fact]
    public async Task Damaged_results_are_run_anew()
    {
        await Run([Marked("a", "1")]);
        File.WriteAllText(Path.Combine(Out, ".state", "test.json"), "{ half");
        await Run([Marked("a", "1")], resume: true);
        File.WriteAllText(Path.Combine(Out, "test.ipynb"), "{ half");
        await Run([Marked("a", "1")], resume: true);
        Assert.Equal(["a", "a", "a"], Log());
    }

    [Fact]
    public async Task The_index_lists_what_finished_and_what_failed_and_why()
    {
        await Run([Markdown("# A <b> title\n\nThe *first* paragraph."), Code("int.Parse(\"x\")"), Code("1")]);
        string index = File.ReadAllText(Path.Combine(Out, "index.html"));
        Assert.Contains("0 of 1 finished", index);
        Assert.Contains("The first paragraph.", index);
        Assert.Contains("0 of 2 code cells", index);
        Assert.Contains("Cell [1], line 1: FormatException", index);
        Assert.Contains("href=\"test.html\"", index);
        Assert.Contains("This notebook did not finish", File.ReadAllText(Path.Combine(Out, "test.html")));
    }

    private async Task<NotebookRun> Run(JsonObject[] cells, bool resume = false, string name = "test")
    {
        JsonObject[] copies = [.. cells.Select(cell => (JsonObject)cell.DeepClone())];
        var notebook = NotebookDocument.Parse(Encoding.UTF8.GetBytes(Text(copies)), name + ".ipynb");
        var results = new ResultFolder(Out, "Made by a test");
        EarlierRun? earlier = resume ? results.Earlier(name, notebook, _folder) : null;
        NotebookRun run = (earlier is null ? null : ResultFolder.Carry(notebook, earlier))
            ?? await new NotebookRunner().RunAsync(notebook, _folder, earlier, CancellationToken.None);
        results.Write(name, _folder, run, new HashSet<string> { name });
        results.WriteIndex();
        return run;
    }

    private static JsonObject Marked(string word, string code, params string[] tags) => Code(string.Format(Mark, word) + code, tags);

    private string[] Log() => File.ReadAllLines(Path.Combine(_folder, "log"));
}
