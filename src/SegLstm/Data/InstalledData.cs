namespace SegLstm.Data;

/// <summary>Where <c>environment/setup.sh</c> puts the default data: <c>artifacts/data</c> of the repository, or
/// SEGLSTM_DATA.</summary>
public static class InstalledData
{
    private const string Variable = "SEGLSTM_DATA";

    /// <summary>
    /// The folder of all installed data sets: SEGLSTM_DATA if it is set, else artifacts/data beside the SegLstm.sln above the
    /// program or above the current folder. It need not exist.
    /// </summary>
    public static string Root
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
                return Path.GetFullPath(given);
            return Path.Combine(Repository ?? Directory.GetCurrentDirectory(), "artifacts", "data");
        }
    }

    /// <summary>The folder with SegLstm.sln above the program or above the current folder; null where there is none.</summary>
    internal static string? Repository => Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory());

    /// <summary>The path of an installed file.</summary>
    /// <param name="dataset">The data set's folder, such as <c>olinda</c>.</param>
    /// <param name="name">The file's name in it.</param>
    /// <exception cref="FileNotFoundException">It is not installed; the message says what to run.</exception>
    public static string File(string dataset, string name)
    {
        string path = Path.Combine(Root, dataset, name);
        return System.IO.File.Exists(path) ? path : throw new FileNotFoundException(
            $"The data set {dataset} is not installed: there is no {path}. Run: bash environment/setup.sh "
            + $"(or set {Variable} to the folder that holds {dataset}/).", path);
    }

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "SegLstm.sln")))
                return folder.FullName;
        }

        return null;
    }
}
