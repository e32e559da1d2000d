using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Notebooks.Tests;

/// <summary>A notebook as the rules look at it.</summary>
internal sealed record NotebookFile(JsonObject Json, IReadOnlyList<NotebookCell> Cells)
{
    internal IEnumerable<NotebookCell> Code => Cells.Where(cell => cell.IsCode);

    internal IEnumerable<NotebookCell> Texts => Cells.Where(cell => !cell.IsCode);

    internal IEnumerable<NotebookCell> CSharp => Code.Where(cell => cell.Language == "csharp");

    internal static NotebookFile Parse(string json)
    {
        var root = (JsonObject)JsonNode.Parse(json)!;
        var cells = root["cells"]!.AsArray().Select((cell, index) => NotebookCell.Of(index, cell!.AsObject()));
        return new NotebookFile(root, [.. cells]);
    }

    /// <summary>The cell after another one that holds code; null at the end.</summary>
    internal NotebookCell? NextCode(NotebookCell cell) => Cells.Skip(cell.Index + 1).FirstOrDefault(next => next.IsCode);
}

/// <summary>One cell.</summary>
internal sealed record NotebookCell(int Index, string Id, bool IsCode, string Source, IReadOnlyList<string> Tags, JsonObject Json)
{
    internal string[] Lines => Source.Split('\n');

    /// <summary>Lines that hold something: what a reader has to read.</summary>
    internal int Length => Lines.Count(line => line.Trim().Length > 0);

    /// <summary>What its first line asks for; C# where that is no magic.</summary>
    internal string Language => Lines[0].StartsWith("#!", StringComparison.Ordinal) ? Lines[0].Trim()[2..] : "csharp";

    internal static NotebookCell Of(int index, JsonObject json) => new(
        index,
        (string)json["id"]!,
        (string)json["cell_type"]! == "code",
        json["source"] is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)json["source"]!,
        [.. (json["metadata"]?["tags"] as JsonArray ?? []).Select(tag => (string)tag!)],
        json);

    public override string ToString() => $"cell {Index} ({Id})";
}
