namespace SegLstm.Jupyter.Installation;

/// <summary>Where Jupyter looks for kernels: folders that hold one folder a kernel.</summary>
/// <remarks>Source: "Common Directories and File Locations" in the documentation of jupyter_core.</remarks>
public static class KernelSpecFolders
{
    /// <summary>The user's own folder.</summary>
    public static string User
    {
        get
        {
            if (Variable("JUPYTER_DATA_DIR") is { } data) return Path.Combine(data, "kernels");
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter", "kernels");
        }
    }

    /// <summary>The folder of the Python environment that is active; null where none is.</summary>
    public static string? Environmental =>
        (Variable("VIRTUAL_ENV") ?? Variable("CONDA_PREFIX")) is { } prefix ? Under(prefix) : null;

    /// <summary>All folders, the first that has a name wins.</summary>
    public static IReadOnlyList<string> All =>
    [
        .. (Variable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "kernels")),
        User,
        .. Environmental is { } environmental ? new[] { environmental } : [],
        Under("/usr/local"),
        Under("/usr"),
    ];

    /// <summary>The folder of an installation prefix, such as `/usr/local`.</summary>
    public static string Under(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
