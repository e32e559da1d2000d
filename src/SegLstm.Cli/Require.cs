namespace SegLstm.Cli;

/// <summary>Checks of paths before any work begins, so that a long run does not fail at its end.</summary>
internal static class Require
{
    /// <summary>The path of a file that exists and can be read.</summary>
    /// <param name="path">What the user gave.</param>
    /// <param name="option">The option it was given to.</param>
    /// <exception cref="UsageException">There is no such file, it is a folder, or it may not be read.</exception>
    public static string File(string path, string option)
    {
        if (Directory.Exists(path)) throw new UsageException($"{option} {path} is a folder: give the name of a file");
        if (!System.IO.File.Exists(path))
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (!Directory.Exists(folder)) throw new UsageException($"{option} {path}: there is no folder {folder}");
            string near = Suggestions.Phrase(
                Path.GetFileName(path), Directory.EnumerateFiles(folder).Take(2000).Select(file => Path.GetFileName(file)));
            throw new UsageException($"{option} {path}: there is no such file{near}");
        }

        try
        {
            using FileStream stream = System.IO.File.OpenRead(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException($"{option} {path}: you may not read this file; change its permissions or copy it");
        }

        return path;
    }

    /// <summary>The path of a file that can be written; its folder is made where it is missing.</summary>
    /// <param name="path">What the user gave.</param>
    /// <param name="option">The option it was given to.</param>
    /// <exception cref="UsageException">The folder cannot be made or written, or the path is a folder.</exception>
    public static string Writable(string path, string option)
    {
        if (Directory.Exists(path)) throw new UsageException($"{option} {path} is a folder: give the name of a file");
        WritableFolder(Path.GetDirectoryName(Path.GetFullPath(path))!, option, path);
        return path;
    }

    /// <summary>The path of a folder that can be written; it is made where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option it was given to.</param>
    /// <param name="given">What the user gave, where that is not the folder itself.</param>
    /// <exception cref="UsageException">The folder cannot be made or written.</exception>
    public static string WritableFolder(string folder, string option, string? given = null)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".seglstm-{Environment.ProcessId}");
            System.IO.File.WriteAllText(probe, "");
            System.IO.File.Delete(probe);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{option} {given ?? folder} cannot be written ({fault.Message.TrimEnd('.')}); choose another place with "
                + $"{option}");
        }
    }

    /// <summary>A number that is at least a bound.</summary>
    /// <param name="value">What the user gave.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="option">The option it was given to.</param>
    public static int AtLeast(int value, int least, string option) =>
        value >= least ? value : throw new UsageException($"{option} {value}: expected at least {least}");
}
