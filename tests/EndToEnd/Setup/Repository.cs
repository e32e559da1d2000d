namespace SegLstm.Tests.EndToEnd.Setup;

/// <summary>Where the repository under test lies, and where its data was installed.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Data =>
        Environment.GetEnvironmentVariable("SEGLSTM_DATA") is { Length: > 0 } data ? data : Path.Combine(Root, "artifacts", "data");

    public static string Script(string name) => Path.Combine(Root, "environment", name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SegLstm.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No SegLstm.sln above {AppContext.BaseDirectory}.");
    }
}
