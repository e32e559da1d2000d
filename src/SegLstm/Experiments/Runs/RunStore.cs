using SegLstm.Training;

namespace SegLstm.Experiments.Runs;

/// <summary>The runs below a folder, found by the files that <see cref="RunFolder"/> writes.</summary>
public static class RunStore
{
    private const int MostDepth = 6;

    /// <summary>Whether a folder is a run: it has `config.json` and `metrics.jsonl`.</summary>
    public static bool IsRun(string folder) =>
        File.Exists(Path.Combine(folder, "config.json")) && File.Exists(Path.Combine(folder, "metrics.jsonl"));

    /// <summary>The runs in a folder and in those below it, by name; links are not followed. Encoders that runs begin with
    /// (<see cref="PretrainedStore"/>) are parts of these.</summary>
    /// <param name="root">The folder; it may be a run itself.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<RunSummary> List(string root)
    {
        var search = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = MostDepth,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        return [.. Directory.EnumerateDirectories(root, "*", search).Prepend(root).Where(IsRun)
            .Where(folder => !Path.GetFileName(folder).StartsWith(PretrainedStore.Prefix, StringComparison.Ordinal))
            .Select(folder => RunSummary.Read(folder, Path.GetRelativePath(root, folder)))
            .OrderBy(run => run.Name, StringComparer.Ordinal)];
    }

    /// <summary>Why a folder must not be deleted as a run; null where it may.</summary>
    /// <param name="folder">The folder.</param>
    public static string? Refusal(string folder)
    {
        if (!Directory.Exists(folder)) return "there is no such folder";
        if (!IsRun(folder)) return "it is no run: it lacks config.json or metrics.jsonl";
        if (new DirectoryInfo(Path.TrimEndingDirectorySeparator(folder)).LinkTarget is not null)
        {
            return "it is a link: name the folder itself";
        }
        if (List(folder).Count > 1) return "other runs are in it: delete those first";
        if (RunFolder.Writer(folder) is { } writer) return $"it is being written by {writer}: wait for its end, or stop it";
        string here = Directory.GetCurrentDirectory() + Path.DirectorySeparatorChar;
        return here.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? "you are in it: leave it first" : null;
    }

    /// <summary>Deletes a run with everything in its folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidOperationException">It is no run, or more than one; nothing was deleted.</exception>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public static void Delete(string folder)
    {
        if (Refusal(folder) is { } reason) throw new InvalidOperationException($"{folder} is not deleted: {reason}.");
        Directory.Delete(folder, recursive: true);
    }
}
