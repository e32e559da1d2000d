using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SegLstm.Notebooks.Tests.Lint;

public sealed partial class FormatTests
{
    [Fact]
    public void There_are_notebooks_to_look_at() => Assert.True(NotebookFolder.Names.Count >= 2);

    // What other kernels and tools look for.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void A_notebook_is_of_format_4_5_and_asks_for_the_kernel_that_both_hosts_have(string name)
    {
        var json = NotebookFolder.Open(name).Json;

        Assert.Equal((4, 5), ((int)json["nbformat"]!, (int)json["nbformat_minor"]!));
        var kernel = json["metadata"]!["kernelspec"]!;
        Assert.Equal(
            [".NET (C#)", "C#", ".net-csharp"],
            new[] { "display_name", "language", "name" }.Select(key => (string)kernel[key]!));
        Assert.Equal("C#", (string)json["metadata"]!["language_info"]!["name"]!);
    }

    // Outputs make differences unreadable, and they age.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void A_notebook_is_stored_without_outputs(string name) => Assert.All(NotebookFolder.Open(name).Code, cell =>
    {
        Assert.True(cell.Json["outputs"]!.AsArray().Count == 0, $"{cell} has outputs");
        Assert.True(
            cell.Json.ContainsKey("execution_count") && cell.Json["execution_count"] is null, $"{cell} has an execution count");
    });

    // An id says what a cell is about, in links, in reports of failures and in differences.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Cells_have_readable_ids_of_their_own(string name)
    {
        var ids = NotebookFolder.Open(name).Cells.Select(cell => cell.Id).ToArray();

        Assert.All(ids, id => Assert.Matches(ReadableId(), id));
        Assert.Equal(ids.Distinct(), ids);
    }

    // Saved as nbformat saves it, so that an edit in a browser changes the lines that were edited and no others.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void A_notebook_is_written_as_nbformat_writes_it(string name)
    {
        string text = File.ReadAllText(Path.Combine(NotebookFolder.FullPath, name));
        var options = new JsonSerializerOptions
        {
            WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        Assert.Equal(Sorted(JsonNode.Parse(text)!).ToJsonString(options) + "\n", text);
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex ReadableId();

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
