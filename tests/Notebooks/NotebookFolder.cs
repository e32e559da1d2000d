using System.Runtime.CompilerServices;

namespace SegLstm.Notebooks.Tests;

/// <summary>The notebooks of the repository that these tests were built from.</summary>
internal static class NotebookFolder
{
    internal static string FullPath { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "notebooks"));

    /// <summary>One row a notebook, for theories.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(FullPath, "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    internal static NotebookFile Open(string name) => NotebookFile.Parse(File.ReadAllText(Path.Combine(FullPath, name)));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
