namespace SegLstm.Tests.Parity;

/// <summary>Where the golden cases are: the committed ones, and the full set where it lies beside the repository.</summary>
internal static class Goldens
{
    public static string Committed { get; } = Path.Combine(Repository(), "tests", "Parity", "goldens");

    /// <summary>The full set: <c>SEGLSTM_SHARED</c>, or the folder <c>shared</c> beside the repository.</summary>
    public static string Shared { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("SEGLSTM_SHARED") ?? Path.Combine(Repository(), "..", "shared"), "goldens");

    public static string Case(string name) => Path.Combine(Committed, name + ".json");

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SegLstm.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SegLstm.sln: run the tests inside the repository.");
    }
}
