namespace SegLstm.Cli.Tests.Commands;

public class SpectralCommandTests
{
    [Fact]
    public void Models_stand_beside_what_is_published_of_them()
    {
        SeglstmProcess run = SeglstmProcess.Run("spectral", "models");
        Assert.Equal(0, run.ExitCode);
        string[] cells = [.. run.Output.Split('\n').Single(line => line.Contains("spectralformer_patch"))
            .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(["74.03", "685.89", "74.03", "685.89"], cells[3..7]);
        Assert.Contains("reconstruction", run.Output);
    }

    [Fact]
    public void Other_bands_have_no_published_counts()
    {
        SeglstmProcess run = SeglstmProcess.Run("spectral", "models", "--bands", "48", "--classes", "12");
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("published K", run.Output);
        Assert.Contains("--bands", SeglstmProcess.Run("spectral", "models", "--bands", "0").FailureLine());
    }
}
