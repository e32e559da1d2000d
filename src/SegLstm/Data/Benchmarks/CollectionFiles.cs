namespace SegLstm.Data.Benchmarks;

/// <summary>Finds files of a layout, and says what is expected where they are not.</summary>
internal static class CollectionFiles
{
    /// <summary>The first of several folders that is there.</summary>
    /// <exception cref="DirectoryNotFoundException">None is; with the layout and where the data set is to be had.</exception>
    internal static string Folder(string root, string remedy, params string[] names) =>
        names.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists)
        ?? throw new DirectoryNotFoundException($"'{root}' has none of the folders {string.Join(", ", names)}. {remedy}");

    /// <summary>The files of a folder that match, by name.</summary>
    /// <exception cref="FileNotFoundException">None does.</exception>
    internal static IReadOnlyList<string> In(string folder, string pattern, string remedy)
    {
        string[] files = Directory.GetFiles(folder, pattern);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new FileNotFoundException($"'{folder}' has no file {pattern}. {remedy}");
    }

    /// <summary>The first of several files that is there.</summary>
    /// <exception cref="FileNotFoundException">None is.</exception>
    internal static string First(string of, params string[] paths) => paths.FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"'{of}' has no labels: expected {string.Join(" or ", paths)}.");
}
