using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Notebooks;

namespace SegLstm.Jupyter.Tests.Notebooks;

/// <summary>Notebooks for tests, of short cells.</summary>
internal static class TestNotebook
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 1 };

    public static NotebookDocument Of(params JsonObject[] cells) => NotebookDocument.Parse(Encoding.UTF8.GetBytes(Text(cells)), "test.ipynb");

    public static string Text(params JsonObject[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells]),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 4,
    }.ToJsonString(Indented);

    public static JsonObject Code(string source, params string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = tags.Length == 0 ? [] : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };

    public static JsonObject Shown(string source, params JsonObject[] outputs)
    {
        JsonObject cell = Code(source);
        cell["execution_count"] = 1;
        cell["outputs"] = new JsonArray([.. outputs]);
        return cell;
    }

    public static JsonObject Value(string type, JsonNode content) => new()
    {
        ["data"] = new JsonObject { [type] = content, ["text/plain"] = "plain form" }, ["metadata"] = new JsonObject(), ["output_type"] = "display_data",
    };

    public static JsonObject Markdown(string source) => new() { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = source };

    public static JsonObject Raw(string source) => new() { ["cell_type"] = "raw", ["metadata"] = new JsonObject(), ["source"] = source };

    /// <summary>What a cell has shown, as text.</summary>
    public static string Shown(this NotebookDocument notebook, int cell) => string.Join('|', notebook.Cells[cell].Outputs.Select(output =>
        LineSplitting.Join(output!["text"] ?? output["data"]?["text/plain"] ?? output["evalue"])));
}
