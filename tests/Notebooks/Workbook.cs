using System.Runtime.CompilerServices;

namespace SegLstm.Notebooks.Tests;

/// <summary>The notebooks of the repository that these tests were built from.</summary>
internal static class Workbook
{
    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "notebooks"));

    /// <summary>One row a notebook, for theories.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    internal static NotebookFile Open(string name) => NotebookFile.Parse(File.ReadAllText(Path.Combine(Folder, name)));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
