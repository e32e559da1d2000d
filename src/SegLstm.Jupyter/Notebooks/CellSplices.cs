using System.Text;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks;

/// <summary>The stretches of a file that change when a cell has run, or when one is added.</summary>
internal static class CellSplices
{
    /// <summary>New outputs and a new number for a code cell.</summary>
    public static IEnumerable<Splice> Results(ReadOnlySpan<byte> file, NotebookCell cell, CellOutputs result)
    {
        var style = JsonStyle.Of(file);
        (string Key, ByteRange? Place, JsonNode? Value)[] parts =
        [
            ("execution_count", cell.Layout.ExecutionCount, result.ExecutionCount is { } count ? JsonValue.Create(count) : null),
            ("outputs", cell.Layout.Outputs, LineSplitting.Split(result.Outputs)),
        ];
        var splices = new List<Splice>();
        var missing = new StringBuilder();
        foreach ((string key, ByteRange? place, JsonNode? value) in parts)
        {
            if (place is { } range)
            {
                splices.Add(new Splice(range, style.Write(value, Indentation(file, range.Start))));
                continue;
            }

            // Right after the brace, before a key that is there for certain: cell_type.
            string gap = Gap(file, cell.Layout.Cell.Start + 1);
            string? indent = gap.Contains('\n', StringComparison.Ordinal) ? gap[(gap.LastIndexOf('\n') + 1)..] : null;
            missing.Append(gap).Append(style.Key(key)).Append(Encoding.UTF8.GetString(style.Write(value, indent))).Append(',');
            if (gap.Length == 0 && !style.IsTight) missing.Append(' ');
        }

        int brace = cell.Layout.Cell.Start + 1;
        if (missing.Length > 0) splices.Add(new Splice(new ByteRange(brace, brace), Encoding.UTF8.GetBytes(missing.ToString())));
        return splices;
    }

    /// <summary>A new code cell behind another cell.</summary>
    public static Splice Insertion(ReadOnlySpan<byte> file, NotebookCell after, string source, string tag, string? id)
    {
        var style = JsonStyle.Of(file);
        var cell = new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) },
            ["outputs"] = new JsonArray(),
            ["source"] = LineSplitting.Lines(source),
        };
        if (id is not null) cell["id"] = id;
        string? indent = Indentation(file, after.Layout.Cell.Start);
        string lead = indent is null ? style.IsTight ? "," : ", " : "," + style.LineEnd + indent;
        int end = after.Layout.Cell.End;
        return new Splice(new ByteRange(end, end), [.. Encoding.UTF8.GetBytes(lead), .. style.Write(cell, indent)]);
    }

    /// <summary>Another text for a cell.</summary>
    public static Splice Source(ReadOnlySpan<byte> file, NotebookCell cell, string source) => new(
        cell.Layout.Source, JsonStyle.Of(file).Write(LineSplitting.Lines(source), Indentation(file, cell.Layout.Source.Start)));

    // What the line of a value is indented by; null where other values stand before it on the line.
    private static string? Indentation(ReadOnlySpan<byte> file, int position)
    {
        ReadOnlySpan<byte> before = file[..position];
        ReadOnlySpan<byte> line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        int text = line.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (text < 0) return Encoding.ASCII.GetString(line);
        bool isKey = line[text] == '"' && line[(text + 1)..].IndexOf("\""u8) is var end and >= 0
            && line[(text + end + 2)..].TrimEnd(" \t"u8).SequenceEqual(":"u8);
        return isKey && before.Contains((byte)'\n') ? Encoding.ASCII.GetString(line[..text]) : null;
    }

    // The white space at a position.
    private static string Gap(ReadOnlySpan<byte> file, int position)
    {
        ReadOnlySpan<byte> rest = file[position..];
        return Encoding.ASCII.GetString(rest[..Math.Max(0, rest.IndexOfAnyExcept(" \t\r\n"u8))]);
    }
}
