using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Completes the paths of `#r "…"` and `#load "…"`.</summary>
internal static partial class DirectivePaths
{
    /// <summary>The files and folders that a path could go on with; null where the position is in no such path.</summary>
    public static CompletionList? Complete(string code, int position, string workingDirectory)
    {
        var line = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        if (Directive().Match(code[line..position]) is not { Success: true } match)
        {
            return null;
        }

        var path = match.Groups["path"].Value;
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var typed = path[folder.Length..];
        var start = position - typed.Length;
        var end = code.AsSpan(position).IndexOfAny("\"/\r\n") is var rest and >= 0 ? position + rest : code.Length;
        string[] extensions = match.Groups["name"].Value == "r" ? [".dll"] : [".csx", ".cs"];
        return new CompletionList([.. Entries(Path.Combine(workingDirectory, folder), typed, extensions)], start, end);
    }

    private static IEnumerable<Completion> Entries(string folder, string typed, string[] extensions)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(folder).EnumerateFileSystemInfos()
                    .Where(entry => entry is DirectoryInfo || extensions.Contains(entry.Extension.ToLowerInvariant()))
                    .Where(entry => entry.Name[0] != '.' || typed.StartsWith('.'))
                    .Select(entry => (Entry: entry, Quality: NameMatch.Quality(entry.Name, typed)))
                    .Where(pair => pair.Quality != null)
                    .OrderBy(pair => pair.Quality).ThenBy(pair => pair.Entry is DirectoryInfo)
                    .ThenBy(pair => pair.Entry.Name, StringComparer.Ordinal)
                    .Select(pair => new Completion(pair.Entry.Name + (pair.Entry is DirectoryInfo ? "/" : ""), "path")),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that is not there yet, or not ours to read, has nothing to offer.
            return [];
        }
    }

    [GeneratedRegex("""^\s*#(?<name>r|load)\s*"(?<path>[^"]*)$""")]
    private static partial Regex Directive();
}
