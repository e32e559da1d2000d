namespace SegLstm.Tests.Data;

/// <summary>Samples that lie beside the repository on some machines; where they are absent a test is skipped by name.</summary>
internal static class SharedSamples
{
    private static readonly string? Root = Find();

    /// <summary>The folder of one collection, or the test is skipped.</summary>
    public static string Folder(string collection)
    {
        string? folder = Root is null ? null : Path.Combine(Root, "data", collection);
        Assert.SkipUnless(Directory.Exists(folder), $"shared/data/{collection} is not beside the repository (nor in SEGLSTM_SHARED).");
        return folder!;
    }

    /// <summary>The files of a collection whose names match, sorted; never none where the folder is there.</summary>
    public static IReadOnlyList<string> Files(string collection, string pattern)
    {
        string[] files = Directory.GetFiles(Folder(collection), pattern, SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return [.. files.Order(StringComparer.Ordinal)];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SEGLSTM_SHARED") is { Length: > 0 } given)
            return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SegLstm.sln")))
                return Path.Combine(folder.Parent?.FullName ?? "/", "shared");
        }

        return null;
    }
}
