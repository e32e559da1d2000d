using System.Text;

namespace SegLstm.Jupyter.Notebooks;

/// <summary>
/// A notebook file (`.ipynb`, nbformat 4), byte for byte. Changing it replaces stretches of the file and leaves all other bytes
/// as they are: indentation, order of keys, escapes, line ends, a missing last newline.
/// </summary>
public sealed class NotebookDocument
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int LargestFile = 512 * 1024 * 1024;

    private readonly byte[] _bytes;

    internal NotebookDocument(string name, byte[] bytes, int minor, NotebookHeader header, IReadOnlyList<NotebookCell> cells)
    {
        Name = name;
        _bytes = bytes;
        FormatMinor = minor;
        Header = header;
        Cells = cells;
    }

    /// <summary>The path it was read from; messages name it.</summary>
    public string Name { get; }

    /// <summary>The minor version of nbformat 4.</summary>
    public int FormatMinor { get; }

    /// <summary>Its cells, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The kernelspec that it asks for, such as `.net-csharp`; null where it names none.</summary>
    public string? KernelName => Header.KernelName;

    /// <summary>The language of its code, such as `C#`; null where it names none.</summary>
    public string? Language => Header.Language;

    /// <summary>
    /// The language of code cells that name none (`polyglot_notebook.kernelInfo.defaultKernelName`), such as `fsharp`; null where
    /// the notebook names none either.
    /// </summary>
    public string? CellLanguage => Header.CellLanguage;

    /// <summary>The file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    internal NotebookHeader Header { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="NotebookFormatException">It is no notebook of nbformat 4; the message says where and what to
    /// do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NotebookDocument Read(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > LargestFile)
        {
            throw new NotebookFormatException(
                $"{path}: {length / 1048576} MiB, more than the {LargestFile / 1048576} MiB that a notebook may have; "
                + "clear its outputs and save it");
        }

        return Parse(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark. The array must not be changed afterwards.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="NotebookFormatException">It is no notebook of nbformat 4; the message says where and what to
    /// do.</exception>
    public static NotebookDocument Parse(byte[] bytes, string name) => new NotebookReader(bytes, name).Read();

    /// <summary>The file with new outputs and numbers in some of its code cells.</summary>
    /// <exception cref="ArgumentException">A result is for a cell that is no code cell.</exception>
    public NotebookDocument WithResults(IEnumerable<CellOutputs> results)
    {
        var edits = new List<Splice>();
        foreach (CellOutputs result in results)
        {
            NotebookCell cell = Cells[result.Index];
            if (cell.Kind != CellKind.Code)
                throw new ArgumentException($"cell {result.Index + 1} is no code cell", nameof(results));
            edits.AddRange(CellSplices.Results(_bytes, cell, result));
        }

        return edits.Count == 0 ? this : Parse(Splice.Apply(_bytes, edits), Name);
    }

    /// <summary>The file with one more code cell.</summary>
    /// <param name="after">The place of the cell that it follows.</param>
    /// <param name="source">Its text.</param>
    /// <param name="tag">A word to tag it with, its id too where ids are wanted and none has it.</param>
    public NotebookDocument WithCodeCell(int after, string source, string tag)
    {
        string? id = FormatMinor < 5 ? null : Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? tag : $"{tag}-{n}")
            .First(candidate => Cells.All(cell => cell.Id != candidate));
        return Parse(Splice.Apply(_bytes, [CellSplices.Insertion(_bytes, Cells[after], source, tag, id)]), Name);
    }

    /// <summary>The file with another text in a cell.</summary>
    /// <param name="index">The cell's place.</param>
    /// <param name="source">Its text.</param>
    public NotebookDocument WithSource(int index, string source) =>
        Parse(Splice.Apply(_bytes, [CellSplices.Source(_bytes, Cells[index], source)]), Name);

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(_bytes);
}
