using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks;

/// <summary>Finds the cells of a notebook file and where their parts lie.</summary>
internal sealed class NotebookReader(byte[] bytes, string name)
{
    private const int Depth = 256;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly int _start = bytes.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

    /// <exception cref="NotebookFormatException">The file is no notebook of nbformat 4.</exception>
    public NotebookDocument Read()
    {
        if (bytes.AsSpan(_start).Trim(" \t\r\n"u8).IsEmpty)
            throw new NotebookFormatException($"{name} is empty: expected a notebook");
        try
        {
            int minor = CheckVersion();
            var header = new NotebookHeader(null, null, null);
            List<NotebookCell>? cells = null;
            Utf8JsonReader reader = Open();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string key = JsonTree.Text(ref reader);
                reader.Read();
                if (key == "cells") cells = ReadCells(ref reader);
                else if (key == "metadata") header = Header(JsonTree.Read(ref reader));
                else reader.Skip();
            }

            return new NotebookDocument(
                name, bytes, minor, header, cells ?? throw Fault(_start, "cells", "there are none, which a notebook has"));
        }
        catch (JsonException fault)
        {
            throw Damaged(fault);
        }
    }

    private Utf8JsonReader Open()
    {
        var reader = new Utf8JsonReader(bytes.AsSpan(_start), new JsonReaderOptions { MaxDepth = Depth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Fault(_start, "the file", $"expected a JSON object, got {Kind(reader.TokenType)}");
        return reader;
    }

    // The version comes last in most files, and what is wrong with cells depends on it. This pass finds all damage too.
    private int CheckVersion()
    {
        int? major = null;
        int minor = 0;
        Utf8JsonReader reader = Open();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMajor = reader.ValueTextEquals("nbformat"), isMinor = reader.ValueTextEquals("nbformat_minor");
            reader.Read();
            if (isMajor) major = Integer(ref reader, "nbformat");
            else if (isMinor) minor = Integer(ref reader, "nbformat_minor");
            else reader.Skip();
        }

        // Anything after the object is damage.
        while (reader.Read())
        {
        }

        return major switch
        {
            4 => minor,
            null => throw Fault(_start, "nbformat", "there is none: this JSON file is no notebook"),
            < 4 => throw Fault(
                _start, "nbformat", $"expected 4, got {major}: open the notebook in Jupyter and save it, which converts it"),
            _ => throw Fault(_start, "nbformat", $"expected 4, got {major}: save the notebook in the format of nbformat 4"),
        };
    }

    private List<NotebookCell> ReadCells(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Fault(ref reader, "cells", "a list");
        var cells = new List<NotebookCell>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) cells.Add(ReadCell(ref reader, cells.Count));
        return cells;
    }

    private NotebookCell ReadCell(ref Utf8JsonReader reader, int index)
    {
        string path = $"cells[{index}]";
        if (reader.TokenType != JsonTokenType.StartObject) throw Fault(ref reader, path, "an object");
        int start = Position(ref reader);
        string? kind = null, source = null, id = null;
        int? count = null;
        ByteRange sourceRange = default;
        ByteRange? outputs = null, countRange = null;
        JsonObject metadata = [], attachments = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = JsonTree.Text(ref reader);
            reader.Read();
            int from = Position(ref reader);
            switch (key)
            {
                case "cell_type":
                    kind = reader.TokenType == JsonTokenType.String
                        ? JsonTree.Text(ref reader) : throw Fault(ref reader, path + ".cell_type", "a string");
                    break;
                case "source":
                    source = Source(ref reader, path + ".source");
                    sourceRange = new ByteRange(from, End(ref reader));
                    break;
                case "id" when reader.TokenType == JsonTokenType.String:
                    id = JsonTree.Text(ref reader);
                    break;
                case "metadata":
                    metadata = JsonTree.Read(ref reader) as JsonObject ?? [];
                    break;
                case "attachments":
                    attachments = JsonTree.Read(ref reader) as JsonObject ?? [];
                    break;
                case "execution_count":
                    count = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : null;
                    reader.Skip();
                    countRange = new ByteRange(from, End(ref reader));
                    break;
                case "outputs":
                    if (reader.TokenType != JsonTokenType.StartArray) throw Fault(ref reader, path + ".outputs", "a list");
                    reader.Skip();
                    outputs = new ByteRange(from, End(ref reader));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        CellKind cellKind = kind switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            null => throw Fault(start, path, "has no cell_type"),
            _ => throw Fault(start, path + ".cell_type", $"expected code, markdown or raw, got '{kind}'"),
        };
        var layout = new CellLayout(new ByteRange(start, End(ref reader)), sourceRange, outputs, countRange);
        return new NotebookCell(
            index, cellKind, source ?? throw Fault(start, path, "has no source"), layout, () => Outputs(outputs))
        {
            Id = id,
            ExecutionCount = count,
            Attachments = attachments,
            Language = Word(metadata["polyglot_notebook"], "kernelName") ?? Word(metadata["dotnet_interactive"], "language"),
            Tags = [.. (metadata["tags"] as JsonArray ?? []).Where(tag => tag?.GetValueKind() == JsonValueKind.String)
                .Select(tag => tag!.GetValue<string>())],
            IsSourceHidden = IsTrue(metadata["jupyter"], "source_hidden"),
            AreOutputsHidden = IsTrue(metadata["jupyter"], "outputs_hidden") || IsTrue(metadata, "collapsed"),
        };
    }

    private JsonArray Outputs(ByteRange? range)
    {
        if (range is not { } place) return [];
        var reader = new Utf8JsonReader(bytes.AsSpan(place.Start, place.Length), new JsonReaderOptions { MaxDepth = Depth });
        reader.Read();
        return (JsonArray)JsonTree.Read(ref reader)!;
    }

    private string Source(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType == JsonTokenType.String) return JsonTree.Text(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray) throw Fault(ref reader, path, "a string or a list of strings");
        var text = new StringBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) throw Fault(ref reader, path, "strings in the list");
            text.Append(JsonTree.Text(ref reader));
        }

        return text.ToString();
    }

    private static NotebookHeader Header(JsonNode? metadata)
    {
        JsonNode? kernel = (metadata as JsonObject)?["kernelspec"], language = (metadata as JsonObject)?["language_info"];
        JsonNode? polyglot = ((metadata as JsonObject)?["polyglot_notebook"] as JsonObject)?["kernelInfo"];
        return new NotebookHeader(
            Word(kernel, "name"), Word(language, "name") ?? Word(kernel, "language"), Word(polyglot, "defaultKernelName"));
    }

    private static string? Word(JsonNode? node, string key) =>
        node is JsonObject thing && thing[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>() : null;

    private static bool IsTrue(JsonNode? node, string key) => (node as JsonObject)?[key]?.GetValueKind() == JsonValueKind.True;

    private int Integer(ref Utf8JsonReader reader, string path) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number)
            ? number : throw Fault(ref reader, path, "a whole number");

    private int Position(ref Utf8JsonReader reader) => _start + (int)reader.TokenStartIndex;

    private int End(ref Utf8JsonReader reader) => _start + (int)reader.BytesConsumed;

    private NotebookFormatException Fault(ref Utf8JsonReader reader, string path, string expected) =>
        Fault(Position(ref reader), path, $"expected {expected}, got {Kind(reader.TokenType)}");

    private NotebookFormatException Fault(int position, string path, string message)
    {
        ReadOnlySpan<byte> before = bytes.AsSpan(0, position);
        int line = 1 + before.Count((byte)'\n');
        int column = position - before.LastIndexOf((byte)'\n');
        return new NotebookFormatException($"{name}, line {line}, column {column}: {path}: {message}");
    }

    private NotebookFormatException Damaged(JsonException fault)
    {
        long line = fault.LineNumber ?? 0;
        string text = Encoding.UTF8.GetString(bytes.AsSpan(_start)).Split('\n').ElementAtOrDefault((int)line)?.Trim() ?? "";
        string[] merge = ["<<<<<<<", "=======", ">>>>>>>"];
        string advice = merge.Any(mark => text.StartsWith(mark, StringComparison.Ordinal))
            ? "the file holds an unfinished merge: settle it in git first"
            : "restore the file, or mend the JSON there";
        string what = fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.');
        return new NotebookFormatException(
            $"{name}, line {line + 1}, column {(fault.BytePositionInLine ?? 0) + 1}: no valid JSON: {what}; {advice}", fault);
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        _ => "nothing",
    };
}
