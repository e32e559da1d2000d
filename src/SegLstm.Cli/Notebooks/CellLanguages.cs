using SegLstm.Jupyter.Notebooks;

namespace SegLstm.Cli.Notebooks;

/// <summary>Languages that editors note in a cell's metadata. Jupyter hands no metadata to a kernel, so the notebook must say
/// them in the cell too.</summary>
internal static class CellLanguages
{
    private const string CSharp = "csharp";

    private static readonly string[] Magics =
        [CSharp, "fsharp", "sql", "html", "javascript", "markdown", "mermaid", "value"];

    /// <summary>Refuses a notebook with a cell that would run in another language than its metadata names.</summary>
    /// <exception cref="UsageException">There is one; the message says which line the cell lacks.</exception>
    public static void Check(string file, NotebookDocument notebook)
    {
        foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            if ((cell.Language ?? notebook.CellLanguage) is not { } noted || Known(noted) == CSharp || Chosen(cell.Source)) continue;
            throw new UsageException(
                $"{file}, cell {cell.Index + 1}: its metadata names the language '{noted}', which Jupyter does not tell a "
                + $"kernel: write #!{Known(noted)} as the first line of the cell");
        }
    }

    // Whether a line at the top of the cell says its language.
    private static bool Chosen(string source) => source.ReplaceLineEndings("\n").Split('\n')
        .SkipWhile(string.IsNullOrWhiteSpace).TakeWhile(line => line.StartsWith("#!", StringComparison.Ordinal))
        .Any(line => Magics.Contains(Known(line[2..].Split(' ', 2)[0].Trim())));

    private static string Known(string language) => language.ToLowerInvariant() switch
    {
        "c#" => CSharp,
        "f#" => "fsharp",
        "js" => "javascript",
        "md" => "markdown",
        var name => name,
    };
}
