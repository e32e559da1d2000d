namespace SegLstm.Data;

/// <summary>What a folder holds, for errors that say what was found in place of what was expected.</summary>
internal static class FolderContents
{
    private const int Named = 8;

    /// <summary>The first names in ordinal order and how many there are beside; "nothing" of an empty folder.</summary>
    internal static string Words(string folder)
    {
        string[] held = [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal)];
        return held.Length == 0 ? "nothing"
            : string.Join(", ", held.Take(Named)) + (held.Length > Named ? $" and {held.Length - Named} more" : "");
    }
}
