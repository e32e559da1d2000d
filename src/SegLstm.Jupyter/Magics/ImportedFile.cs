using System.Text.Json;

namespace SegLstm.Jupyter.Magics;

/// <summary>Reads the files that `#!import` runs.</summary>
internal static class ImportedFile
{
    private static readonly Dictionary<string, string> Languages = new()
    {
        [".cs"] = "csharp", [".csx"] = "csharp", [".fs"] = "fsharp", [".fsx"] = "fsharp", [".sql"] = "sql", [".html"] = "html",
        [".js"] = "javascript", [".md"] = "markdown", [".dib"] = "csharp",
    };

    /// <summary>The pieces of a file, in order.</summary>
    /// <exception cref="SharingException">Its kind is unknown, or it is no notebook.</exception>
    public static IReadOnlyList<ImportedCell> Read(string path)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension != ".ipynb" && !Languages.ContainsKey(extension))
        {
            throw new SharingException(
                $"#!import reads .ipynb, {string.Join(", ", Languages.Keys)}, .json, .csv and .txt, "
                + $"got {Path.GetFileName(path)}");
        }

        var text = File.ReadAllText(path);
        return extension switch
        {
            ".ipynb" => Notebook(path, text),
            ".dib" => [new ImportedCell("csharp", WithoutMeta(text), "")],
            _ => [new ImportedCell(Languages[extension], text, "")],
        };
    }

    private static IReadOnlyList<ImportedCell> Notebook(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var standard = Named(document.RootElement, "metadata", "polyglot_notebook", "kernelInfo", "defaultKernelName")
                ?? "csharp";
            var cells = document.RootElement.GetProperty("cells").EnumerateArray();
            return [.. cells.Select((cell, index) => Cell(cell, index, standard))];
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SharingException($"{Path.GetFileName(path)} is no notebook of format 4: {wrong.Message}");
        }
    }

    private static ImportedCell Cell(JsonElement cell, int index, string standard)
    {
        var source = cell.GetProperty("source");
        var code = source.ValueKind == JsonValueKind.Array
            ? string.Concat(source.EnumerateArray().Select(line => line.GetString()))
            : source.GetString() ?? "";
        var language = cell.GetProperty("cell_type").GetString() switch
        {
            "markdown" => "markdown",
            "code" => Named(cell, "metadata", "polyglot_notebook", "kernelName")
                ?? Named(cell, "metadata", "dotnet_interactive", "language") ?? standard,
            _ => "value",
        };
        return new ImportedCell(language, code, $"cell {index + 1}");
    }

    private static string? Named(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.GetString();
    }

    // A .dib file begins with a block of JSON about its kernels; lines stay where they are.
    private static string WithoutMeta(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var inMeta = false;
        for (var i = 0; i < lines.Length; i++)
        {
            inMeta = lines[i].StartsWith("#!", StringComparison.Ordinal) ? lines[i].TrimEnd() == "#!meta" : inMeta;
            if (inMeta)
            {
                lines[i] = "";
            }
        }

        return string.Join("\n", lines);
    }
}
