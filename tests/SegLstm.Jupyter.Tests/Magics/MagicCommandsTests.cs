using SegLstm.Jupyter.Tests.Sessions;

namespace SegLstm.Jupyter.Tests.Magics;

public sealed class MagicCommandsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("magics").FullName;
    private readonly Session session;

    public MagicCommandsTests() => session = new Session(folder);

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Time_measures_the_rest_of_the_cell()
    {
        var cell = await session.Run("await Task.Delay(400);\n#!time\nawait Task.Delay(100);\n1 + 1");
        Assert.Equal("result: 2", cell.Story[0]);
        var text = cell.Shown!.Text;
        Assert.Matches(@"^Wall time: [\d.]+ms$", text);
        Assert.InRange(double.Parse(text[11..^2]), 99, 390);
    }

    [Fact]
    public async Task Variables_are_listed_with_types_and_values()
    {
        await session.Run("var answer = 42; var names = new List<string> { \"a\" }; double? none = null;");
        Assert.Equal("answer\nnames\nnone", (await session.Run("#!who")).Shown!.Text);
        var table = (await session.Run("#!whos")).Shown!;
        Assert.Contains("List<string>", table.Text, StringComparison.Ordinal);
        Assert.Contains("double?", table.Text, StringComparison.Ordinal);
        Assert.Contains("<td>42</td>", table.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_variables_computes_no_query()
    {
        await session.Run("var computed = 0; var query = Enumerable.Range(0, 3).Select(n => { computed++; return n; });");
        Assert.Contains("query", (await session.Run("#!whos")).Shown!.Text, StringComparison.Ordinal);
        Assert.Equal("0", (await session.Run("computed")).Value!.Text);
    }

    [Fact]
    public async Task Magics_list_and_explain_themselves()
    {
        var all = (await session.Run("#!lsmagic")).Shown!.Text;
        Assert.Contains("#!csharp (also #!c#)", all, StringComparison.Ordinal);
        Assert.Contains("--mime-type", all, StringComparison.Ordinal);
        Assert.Contains("--from VALUE", (await session.Run("#!share -h")).Stdout, StringComparison.Ordinal);
        Assert.Contains(".NET 10", (await session.Run("#!about")).Shown!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_kept_set_and_shared()
    {
        await session.Run("#!value --name text\nline one\nline two\n");
        await session.Run("#!share --from value text\ntext.Length");
        Assert.Equal("17", (await session.Run("text.Length")).Value!.Text);
        await session.Run("#!share text --as other");
        await session.Run("#!set --name word --value \"one two\"\n#!set --name copy --value @value:text");
        Assert.Equal("True", (await session.Run("other == copy && word == \"one two\"")).Value!.Text);
    }

    [Fact]
    public async Task A_value_of_json_is_a_document()
    {
        await session.Run("#!set --name config --value {\"size\": 64}");
        Assert.Equal("64", (await session.Run("config.RootElement.GetProperty(\"size\").GetInt32()")).Value!.Text);
    }

    [Fact]
    public async Task Input_and_passwords_are_asked_for()
    {
        var cell = await session.Run(
            "#!set --name who --value @input:\"Your name?\"\n#!set --name key --value @password\n$\"{who} {key.GetClearTextPassword()}\"",
            "Ada", "secret");
        Assert.Equal("Ada secret", cell.Value!.Text);
        Assert.Equal([("Your name?", false), ("key", true)], cell.Prompts);
    }

    [Theory]
    [InlineData("{\"prompt\":1}")]
    [InlineData("{\"type\":true}")]
    public async Task A_question_that_is_put_wrongly_is_an_error_of_the_magic(string question)
    {
        var error = await session.Fail($"#!set --name who --value @input:{question}");
        Assert.Equal(("MagicError", 1), (error.Name, error.Line));
        Assert.Contains(question, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_shared_says_why()
    {
        await session.Run("#!value --name text\nx");
        Assert.Contains("Do you mean text?", (await session.Fail("#!share --from value txt")).Message, StringComparison.Ordinal);
        Assert.Contains("no language python", (await session.Fail("#!share --from python x")).Message, StringComparison.Ordinal);
        Assert.Contains("html has no variables", (await session.Fail("#!html\n#!set --name x --value 1")).Message, StringComparison.Ordinal);
        var url = await session.Fail("#!value --name data --from-url https://example.com/data.csv");
        Assert.Contains("without network", url.Message, StringComparison.Ordinal);
        Assert.Contains("--from-file", url.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_imported_by_kind()
    {
        File.WriteAllText(Path.Combine(folder, "code.cs"), "int Twice(int n) => 2 * n;\n");
        File.WriteAllText(Path.Combine(folder, "data.json"), "{\"a\": 1}");
        File.WriteAllText(Path.Combine(folder, "page.html"), "<b>page</b>");
        File.WriteAllText(
            Path.Combine(folder, "steps.dib"),
            "#!meta\n\n{\"kernelInfo\":{}}\n\n#!csharp\n\nvar fromDib = 3;\n\n#!markdown\n\n# Head\n");
        File.WriteAllText(Path.Combine(folder, "book.ipynb"), """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"cell_type": "markdown", "metadata": {}, "source": ["# Title"]},
              {"cell_type": "code", "metadata": {}, "source": ["var fromBook = 4;\n", "fromBook"]},
              {"cell_type": "code", "metadata": {"polyglot_notebook": {"kernelName": "html"}}, "source": "<i>html</i>"}]}
            """);
        var cell = await session.Run("""
            #!import code.cs
            #!import data.json
            #!import page.html
            #!import steps.dib
            #!import book.ipynb
            #!share --from value data
            Twice(fromDib + fromBook) + data.Length
            """);
        Assert.Equal("22", cell.Value!.Text);
        Assert.Equal(["display: page", "display: # Head", "display: # Title", "display: 4", "display: html", "result: 22"],
            cell.Story);
    }

    [Fact]
    public async Task The_cells_of_a_notebook_have_the_languages_that_its_metadata_name()
    {
        File.WriteAllText(Path.Combine(folder, "book.ipynb"), """
            {"cells": [
              {"cell_type": "code", "metadata": {}, "source": "<b>by the notebook</b>"},
              {"cell_type": "code", "metadata": {"dotnet_interactive": {"language": "csharp"}}, "source": "1 + 1"},
              {"cell_type": "raw", "metadata": {}, "source": "raw"}],
             "metadata": {"polyglot_notebook": {"kernelInfo": {"defaultKernelName": "html"}}}, "nbformat": 4}
            """);
        Assert.Equal(["display: by the notebook", "display: 2"], (await session.Run("#!import book.ipynb")).Story.Take(2));
        File.WriteAllText(Path.Combine(folder, "old.ipynb"), """{"worksheets": [], "metadata": {}, "nbformat": 3}""");
        var error = await session.Fail("#!import old.ipynb");
        Assert.Equal("MagicError", error.Name);
        Assert.Contains("save it, which converts it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_an_imported_file_names_the_file_and_the_cell()
    {
        File.WriteAllText(Path.Combine(folder, "book.ipynb"), """
            {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "source": "throw new Exception(\"inside\");"}]}
            """);
        var error = await session.Fail("#!import book.ipynb");
        Assert.StartsWith("book.ipynb, cell 1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("inside", error.Message, StringComparison.Ordinal);
        Assert.Contains("missing.cs", (await session.Fail("#!import missing.cs")).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "self.csx"), "#!import self.csx");
        Assert.Contains("imports itself", (await session.Fail("#!import self.csx")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_magic_stops_the_cell_before_anything_runs()
    {
        var (result, record) = await session.Attempt("Console.Write(\"ran\");\n#!whose\n");
        Assert.Equal(2, result.Error!.Line);
        Assert.Equal("", record.Stdout);
        Assert.Contains("#!whos", result.Error.Message, StringComparison.Ordinal);
    }
}
