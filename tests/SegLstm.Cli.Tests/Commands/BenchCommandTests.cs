using System.Text.Json;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm bench` and `seglstm kernels`, as a user types them.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void Bench_tells_the_machine_its_limits_and_the_rows_and_writes_them()
    {
        string file = Path.Combine(folder.FullName, "bench.json");
        SeglstmProcess run = SeglstmProcess.Run(
            "bench", "selective_scan.forward", "--quick", "--threads", "1", "--json", file);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"libtorch \d+\.\d+\.\d+.*, 1 thread; \.NET ", run.Output);
        Assert.Matches(@"limits of 1 thread, vectors of \d+ bits: \d+ GFLOP/s, [\d.]+ ns an exp, copies at \d+ GB/s in 1\.0 MiB",
            run.Output);
        Assert.Matches(@"selective_scan\.forward \| D 384, N 16, L 256 \| +1 \| +[\d.]+ [mu]s ± \d+ % \| +[\d.]+ ns \|",
            run.Output);
        Assert.Contains("per unit: (token, channel);", run.Output);
        Assert.Contains($"wrote {file}", run.Output);
        using var written = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement row = Assert.Single(written.RootElement.GetProperty("rows").EnumerateArray());
        Assert.True(row.GetProperty("ratio_to_reference").GetDouble() >= 10, run.Output);
        Assert.Equal([file], Directory.EnumerateFiles(folder.FullName));
    }

    [Fact]
    public void Bench_on_two_threads_says_how_many_times_as_long_one_takes()
    {
        SeglstmProcess run = SeglstmProcess.Run("bench", "mlstm.chunkwise.forward", "--quick", "--threads", "2");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"\| +1 \|.* \| +- \|", run.Output);
        Assert.Matches(@"\| +2 \|.* \| +\d\.\d\d \|", run.Output);
        Assert.Contains("x 1: how many times as long one thread takes", run.Output);
    }

    [Theory]
    [InlineData("did you mean 'selective_scan.forward'", "selective_scan.forwards", "--quick")]
    [InlineData("--scaling exclude each other", "--quick", "--scaling")]
    [InlineData("--threads 0: expected at least 1", "--threads", "0")]
    public void What_cannot_be_run_is_told_before_anything_is_measured(string told, params string[] arguments) =>
        Assert.Contains(told, SeglstmProcess.Run(["bench", .. arguments]).FailureLine());

    [Fact]
    public void Kernels_lists_families_and_forms()
    {
        SeglstmProcess run = SeglstmProcess.Run("kernels");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"selective_scan +\| portable +\| CPU +\| float32/64 \| [\d ]*128 +\| by default ", run.Output);
        Assert.Matches(@"mlstm +\| sequence +\| any ", run.Output);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
