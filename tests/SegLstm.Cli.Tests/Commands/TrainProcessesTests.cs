using System.Diagnostics;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm train` in several processes.</summary>
public sealed class TrainProcessesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    private static string[] Recipe =>
    [
        "train", "--data", "statlog", "--size", "16", "--block", "16", "--iterations", "24", "--batch", "2", "--threads", "1",
        "--save-every", "2", "--validate-every", "12", "--set", "training.log_every=1",
    ];

    // Of a training in two processes one is killed; it is resumed, and leaves what one that is not killed does.
    [Fact]
    public async Task A_killed_rank_ends_the_others_in_time_with_its_name_and_the_run_goes_on_to_the_same_bits()
    {
        SeglstmProcess whole = Seglstm([], [.. Recipe, "--processes", "2", "--out", At("whole")]);
        Assert.True(whole.ExitCode == 0, whole.Output + whole.Error);
        Assert.Matches(@"held-out blocks", whole.Output);

        string told = await KilledRank.Of([.. Recipe, "--processes", "2", "--out", At("cut")], () => Lines(At("cut/metrics.jsonl")) >= 5);
        Assert.Contains($"seglstm train --resume {At("cut")} --processes 2", told);
        Assert.Contains("rank 0: seglstm: error: Rank 0 of 2 could not finish", told);

        SeglstmProcess again = Seglstm([], ["train", "--resume", At("cut"), "--processes", "2"]);
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Contains("going on at iteration", again.Output);
        foreach (string name in (string[])["last.safetensors", "best.safetensors", "state-00000024.safetensors"])
        {
            byte[] expected = File.ReadAllBytes(At($"whole/{name}")), got = File.ReadAllBytes(At($"cut/{name}"));
            Assert.True(expected.AsSpan().SequenceEqual(got), $"{name} differs");
        }
    }

    [Fact]
    public void A_rank_that_does_not_come_is_named_when_the_others_have_waited()
    {
        SeglstmProcess alone = Seglstm(Rank(0, 2), [.. Recipe, "--wait", "1", "--out", At("alone")]);
        Assert.Equal(75, alone.ExitCode);
        Assert.Contains("seglstm: error: Rank 0 of 2 waited 1 s for rank 1, which did not come to 127.0.0.1:", alone.Error);
        Assert.False(Directory.Exists(At("alone")));
    }

    // The process that starts ranks may be killed between two of them.
    [Fact]
    public async Task A_rank_that_still_waits_for_others_ends_when_the_process_that_started_it_is_gone()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll"), .. Recipe, "--out", At("orphan")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in Rank(0, 2)) start.Environment[name] = value;
        start.Environment["SEGLSTM_LAUNCHER"] = "1";
        using Process rank = Process.Start(start)!;
        Task<string> error = rank.StandardError.ReadToEndAsync(), output = rank.StandardOutput.ReadToEndAsync();
        rank.StandardInput.Close();
        if (!rank.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            rank.Kill();
            Assert.Fail($"it still waits\n{await output}{await error}");
        }

        Assert.Equal(1, rank.ExitCode);
        Assert.Contains("the process that started this rank is gone", await error);
    }

    [Fact]
    public void Variables_that_name_no_job_and_options_that_contradict_them_are_refused()
    {
        Assert.Contains("The variable WORLD_SIZE is not set", Seglstm([("RANK", "0")], Recipe).FailureLine());
        Assert.Contains("this is rank 2 of 2 processes", Seglstm(Rank(2, 2), Recipe).FailureLine());
        Assert.Contains(
            "--processes 3: torchrun has started 2 processes", Seglstm(Rank(0, 2), [.. Recipe, "--processes", "3"]).FailureLine());
        Assert.Contains("--processes 0: expected", Seglstm([], [.. Recipe, "--processes", "0"]).FailureLine());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static (string, string)[] Rank(int rank, int count)
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        return [("RANK", $"{rank}"), ("WORLD_SIZE", $"{count}"), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", $"{port}")];
    }

    private static int Lines(string path) => File.Exists(path) ? File.ReadLines(path).Count() : 0;

    private static SeglstmProcess Seglstm((string, string)[] environment, string[] arguments) => SeglstmProcess.Run(environment, arguments);

    private string At(string name) => Path.Combine(folder.FullName, name);
}
