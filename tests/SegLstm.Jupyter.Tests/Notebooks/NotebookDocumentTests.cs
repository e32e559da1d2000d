using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Notebooks;

namespace SegLstm.Jupyter.Tests.Notebooks;

public class NotebookDocumentTests
{
    private const string Plain = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {},
           "source": [
            "# Title\n",
            "text"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": null,
           "id": "one",
           "metadata": {"tags": ["parameters", "x"]},
           "outputs": [],
           "source": "int n = 1;"
          }
         ],
         "metadata": {
          "kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    public static TheoryData<string, string> Files => new()
    {
        { "as Jupyter writes it", Plain },
        { "tabs", Plain.Replace("\n ", "\n\t").Replace("\t ", "\t\t") },
        { "carriage returns", Plain.ReplaceLineEndings("\r\n") },
        { "four spaces, no last newline", Plain.TrimEnd().Replace("\n ", "\n    ") },
        { "a byte order mark", "\uFEFF" + Plain },
        { "no ids, format 4.0", Plain.Replace("\"id\": \"intro\",", "").Replace("\"id\": \"one\",", "").Replace("minor\": 5", "minor\": 0") },
        { "escapes and emoji", Plain.Replace("text", "\\u00e9\\ud83d\\ude00 😀 \\/ \u2028 half: \\ud83d") },
        { "one line", """{"cells": [{"cell_type": "code", "metadata": {}, "source": ["a\n", "b"], "outputs": [], "execution_count": 3}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}""" },
        { "one tight line", """{"nbformat":4,"nbformat_minor":4,"metadata":{},"cells":[{"outputs":[],"execution_count":null,"cell_type":"code","metadata":{},"source":"a"}]}""" },
        { "equal keys", Plain.Replace("\"outputs\": [],", "\"outputs\": [1],\n   \"outputs\": [],\n   \"unknown\": {\"a\": 1, \"a\": 2},") },
        { "no outputs and no count", Plain.Replace("\"outputs\": [],\n", "").Replace("\"execution_count\": null,\n", "") },
        { "keys out of order", Plain.Replace("\"cell_type\": \"code\",\n", "").Replace("\"source\": \"int n = 1;\"", "\"source\": \"int n = 1;\",\n   \"cell_type\": \"code\"") },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_file_that_is_not_changed_stays_as_it_is(string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(bytes, NotebookDocument.Parse([.. bytes], name).WithResults([]).Bytes.ToArray());
    }

    [Theory, MemberData(nameof(Files))]
    public void Only_outputs_and_counts_change_when_a_cell_has_run(string name, string text)
    {
        var notebook = NotebookDocument.Parse(Encoding.UTF8.GetBytes(text), name);
        NotebookCell code = notebook.Cells.First(cell => cell.Kind == CellKind.Code);

        NotebookDocument executed = notebook.WithResults([new CellOutputs(code.Index, 7, Some("out\nput"))]);

        Assert.Equal(7, executed.Cells[code.Index].ExecutionCount);
        Assert.Equal("out\nput", LineSplitting.Join(executed.Cells[code.Index].Outputs[0]!["text"]));
        Assert.Equal(code.Source, executed.Cells[code.Index].Source);
        Assert.Equal(Without(notebook), Without(executed));
    }

    [Theory, MemberData(nameof(Files))]
    public void Going_back_to_the_old_results_gives_the_old_bytes(string name, string text)
    {
        var notebook = NotebookDocument.Parse(Encoding.UTF8.GetBytes(text), name);
        NotebookCell code = notebook.Cells.First(cell => cell.Kind == CellKind.Code);
        if (code.Layout.Outputs is null || code.ExecutionCount is null && text.Contains("execution_count\": 3")) return;

        NotebookDocument back = notebook.WithResults([new CellOutputs(code.Index, 7, Some("x"))])
            .WithResults([new CellOutputs(code.Index, code.ExecutionCount, [])]);

        Assert.Equal(text, back.ToString());
    }

    [Fact]
    public void Outputs_are_laid_out_like_the_file()
    {
        NotebookDocument executed = Parse(Plain).WithResults([new CellOutputs(1, 1, Some("a\nb"))]);
        Assert.Contains("""
               "execution_count": 1,
               "id": "one",
               "metadata": {"tags": ["parameters", "x"]},
               "outputs": [
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "a\n",
                  "b"
                 ]
                }
               ],
               "source": "int n = 1;"
            """.ReplaceLineEndings("\n"), executed.ToString());
    }

    [Fact]
    public void A_file_with_carriage_returns_gets_no_bare_newline()
    {
        NotebookDocument executed = Parse(Plain.ReplaceLineEndings("\r\n")).WithResults([new CellOutputs(1, 1, Some("a\nb"))]);
        Assert.DoesNotMatch("[^\r]\n", executed.ToString());
    }

    [Fact]
    public void A_file_on_one_line_stays_on_one_line()
    {
        var notebook = Parse("""{"nbformat":4,"nbformat_minor":4,"metadata":{},"cells":[{"cell_type":"code","metadata":{},"source":"a"}]}""");
        Assert.Equal(
            """{"nbformat":4,"nbformat_minor":4,"metadata":{},"cells":[{"execution_count":2,"outputs":[{"name":"stdout","output_type":"stream","text":["x"]}],"cell_type":"code","metadata":{},"source":"a"}]}""",
            notebook.WithResults([new CellOutputs(0, 2, Some("x"))]).ToString());
    }

    [Fact]
    public void A_cell_is_added_with_an_id_only_where_the_format_has_ids()
    {
        NotebookDocument five = Parse(Plain).WithCodeCell(1, "a\nb", "injected-parameters");
        NotebookDocument four = Parse(Plain.Replace("minor\": 5", "minor\": 4")).WithCodeCell(1, "a\nb", "injected-parameters");

        Assert.Equal("injected-parameters", five.Cells[2].Id);
        Assert.Null(four.Cells[2].Id);
        Assert.Equal("a\nb", five.Cells[2].Source);
        Assert.Equal("injected-parameters-2", five.WithCodeCell(0, "c", "injected-parameters").Cells[1].Id);
        Assert.True(five.Cells[2].IsTagged("injected-parameters"));
        Assert.StartsWith(Plain[..Plain.IndexOf("\"source\": \"int", StringComparison.Ordinal)], five.ToString());
    }

    [Fact]
    public void Twenty_megabytes_of_outputs_are_kept_and_one_cell_of_them_replaced()
    {
        NotebookDocument large = Parse(Plain).WithResults([new CellOutputs(1, 1, Some(string.Concat(Enumerable.Repeat("a line of output\n", 1_200_000))))]);
        Assert.True(large.Bytes.Length > 20_000_000);
        Assert.Equal(Plain, large.WithResults([new CellOutputs(1, null, [])]).ToString());
    }

    [Fact]
    public void What_a_cell_is_can_be_read()
    {
        NotebookDocument notebook = Parse(Plain);
        Assert.Equal(["# Title\ntext", "int n = 1;"], notebook.Cells.Select(cell => cell.Source));
        Assert.Equal(["parameters", "x"], notebook.Cells[1].Tags);
        Assert.Equal((".net-csharp", "C#", 5), (notebook.KernelName, notebook.Language, notebook.FormatMinor));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  \n", "is empty")]
    [InlineData("[]", "expected a JSON object, got a list")]
    [InlineData("{}", "nbformat: there is none")]
    [InlineData("{\"cells\": [\n{\"cell_type\": }]}", "line 2, column 15: no valid JSON")]
    [InlineData("{\"nbformat\": 4, \"cells\": []", "no valid JSON")]
    [InlineData("{\"nbformat\": 4, \"cells\": []} trailing", "no valid JSON")]
    [InlineData("{\n<<<<<<< HEAD\n\"nbformat\": 4}", "unfinished merge")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "expected 4, got 3: open the notebook in Jupyter and save it")]
    [InlineData("{\"nbformat\": 5, \"cells\": []}", "expected 4, got 5")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "expected a whole number, got a string")]
    [InlineData("{\"nbformat\": 4}", "cells: there are none")]
    [InlineData("{\"nbformat\": 4, \"cells\": {}}", "cells: expected a list, got an object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "cells[0]: expected an object, got a number")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"source\": \"\"}]}", "cells[0]: has no cell_type")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]}", "cells[0]: has no source")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"\"}]}", "expected code, markdown or raw, got 'heading'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\",\n\"source\": 5}]}", "line 2, column 11: cells[0].source: expected a string or a list of strings, got a number")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": [1]}]}", "cells[0].source: expected strings in the list")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": 1}]}", "cells[0].outputs: expected a list")]
    public void A_damaged_file_is_refused_with_the_place_and_what_is_wrong(string text, string message)
    {
        NotebookFormatException fault = Assert.Throws<NotebookFormatException>(() => Parse(text));
        Assert.Contains(message, fault.Message);
        Assert.Contains("t.ipynb", fault.Message);
    }

    [Fact]
    public void A_file_that_is_nested_without_end_is_refused() =>
        Assert.Throws<NotebookFormatException>(() => Parse($"{{\"nbformat\": 4, \"cells\": [], \"x\": {new string('[', 100_000)}"));

    [Fact]
    public void Every_cut_of_a_file_is_refused_or_read_but_never_crashes()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Plain);
        for (int length = 0; length < bytes.Length - 2; length++)
        {
            Assert.Throws<NotebookFormatException>(() => NotebookDocument.Parse(bytes[..length], "t.ipynb"));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Plain)];
        bytes[Plain.IndexOf("Title", StringComparison.Ordinal)] = 0xFF;
        Assert.StartsWith("# \uFFFDitle", NotebookDocument.Parse(bytes, "t.ipynb").Cells[0].Source);
    }

    private static NotebookDocument Parse(string text) => NotebookDocument.Parse(Encoding.UTF8.GetBytes(text), "t.ipynb");

    private static JsonArray Some(string text) =>
        [new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text }];

    // The file without the stretches that may change.
    private static string Without(NotebookDocument notebook)
    {
        string text = Encoding.Latin1.GetString(notebook.Bytes);
        foreach (NotebookCell cell in notebook.Cells.Reverse())
        {
            foreach (ByteRange range in new[] { cell.Layout.Outputs, cell.Layout.ExecutionCount }.OfType<ByteRange>().OrderByDescending(range => range.Start))
            {
                text = text.Remove(range.Start, range.Length);
            }
        }

        // Keys that were not there before stand right behind the brace.
        return System.Text.RegularExpressions.Regex.Replace(text, "\\s*\"(outputs|execution_count)\":\\s*,", "");
    }
}
