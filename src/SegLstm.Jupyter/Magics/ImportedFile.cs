using SegLstm.Jupyter.Notebooks;

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

        return extension switch
        {
            ".ipynb" => Notebook(path),
            ".dib" => [new ImportedCell("csharp", WithoutMeta(File.ReadAllText(path)), "")],
            _ => [new ImportedCell(Languages[extension], File.ReadAllText(path), "")],
        };
    }

    private static IReadOnlyList<ImportedCell> Notebook(string path)
    {
        try
        {
            var notebook = NotebookDocument.Read(path);
            return [.. notebook.Cells.Select(cell => new ImportedCell(
                LanguageOf(cell, notebook.CellLanguage ?? CellParser.DefaultLanguage), cell.Source, $"cell {cell.Index + 1}"))];
        }
        catch (NotebookFormatException wrong)
        {
            throw new SharingException(wrong.Message);
        }
    }

    private static string LanguageOf(NotebookCell cell, string standard) => cell.Kind switch
    {
        CellKind.Markdown => "markdown",
        CellKind.Code => cell.Language ?? standard,
        _ => "value",
    };

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
