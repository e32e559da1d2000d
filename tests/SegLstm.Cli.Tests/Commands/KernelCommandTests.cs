namespace SegLstm.Cli.Tests.Commands;

public sealed class KernelCommandTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("jupyter-data");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void A_kernel_is_installed_for_the_user_listed_and_removed()
    {
        SeglstmProcess installed = Run("install");
        Assert.Equal(0, installed.ExitCode);
        string description = Path.Combine(_data.FullName, "kernels", "seglstm-csharp", "kernel.json");
        Assert.Contains(Path.GetDirectoryName(description)!, installed.Output);
        Assert.Contains("SegLstm.Jupyter.dll", File.ReadAllText(description));
        Assert.Contains("C# (SegLstm)", Run("list").Output);
        Assert.Contains("removed seglstm-csharp", Run("remove").Output);
        Assert.False(File.Exists(description));
        Assert.Contains("no kernel of ours is in", Run("remove").Output);
    }

    [Fact]
    public void A_prefix_holds_the_kernel_in_its_share_folder()
    {
        Run("install", "--prefix", _data.FullName);
        Assert.True(File.Exists(Path.Combine(_data.FullName, "share", "jupyter", "kernels", "seglstm-csharp", "kernel.json")));
    }

    [Fact]
    public void Two_places_at_once_are_refused() =>
        Assert.Contains("give one of them", Run("install", "--user", "--prefix", _data.FullName).FailureLine());

    [Fact]
    public void Without_an_active_environment_sys_prefix_says_so() =>
        Assert.Contains("no Python environment is active", Run("install", "--sys-prefix").FailureLine());

    private SeglstmProcess Run(params string[] words) => SeglstmProcess.Run(
        [("JUPYTER_DATA_DIR", _data.FullName), ("JUPYTER_PATH", ""), ("VIRTUAL_ENV", ""), ("CONDA_PREFIX", "")],
        ["kernel", .. words]);
}
