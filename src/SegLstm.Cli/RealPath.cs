namespace SegLstm.Cli;

/// <summary>Paths by which files are told apart, however they were written.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The full path with no link in it and no separator behind it. What does not exist keeps its name.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path) => Of(path, MostLinks);

    private static string Of(string path, int links)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent) return full;
        string here = Path.Combine(Of(parent, links), Path.GetFileName(full));
        if (new FileInfo(here).LinkTarget is not { } target) return here;
        if (links == 0) throw new IOException($"{path}: its links lead in a circle");
        return Of(Path.Combine(Path.GetDirectoryName(here)!, target), links - 1);
    }
}
