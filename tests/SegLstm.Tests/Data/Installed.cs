using SegLstm.Data;

namespace SegLstm.Tests.Data;

/// <summary>The default data that setup installs; where a file is absent a test is skipped by name.</summary>
internal static class Installed
{
    public static string File(string dataset, string name)
    {
        string path = Path.Combine(InstalledData.Root, dataset, name);
        Assert.SkipUnless(System.IO.File.Exists(path), $"{dataset}/{name} is not installed: bash environment/setup.sh");
        return path;
    }
}
