using System.Diagnostics;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm sweep` and `seglstm runs table`, with real runs of a few steps.</summary>
public sealed class SweepCommandTests : IDisposable
{
    // The first rate makes such weights in one step that no float32 holds their products.
    private const string Failing = """
        preset: olinda
        data: statlog
        set:
          - split.block_size=16
          - training.schedule.iterations=3
          - training.schedule.warmup_iterations=0
          - training.clip_norm=null
          - training.batch_size=2
        axes: [{path: training.learning_rate, values: [1e38, 1e-3]}]
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void A_run_that_fails_does_not_stop_the_others_and_what_is_finished_is_not_made_again()
    {
        File.WriteAllText(At("rates.yaml"), Failing);
        SeglstmProcess dry = Seglstm("sweep", "rates.yaml", "--dry-run");
        Assert.True(dry.ExitCode == 0, dry.Error);
        Assert.Matches(@"learning_rate=1e38/seed-0 \| new +\| training\.learning_rate=1e38 ", dry.Output);
        Assert.Contains($"2 runs in {At("runs/rates")}, 2 to do", dry.Output);
        Assert.False(Directory.Exists(At("runs")));

        SeglstmProcess first = Seglstm("sweep", "rates.yaml", "--jobs", "2");
        Assert.True(first.ExitCode == 1, first.Output + first.Error);
        Assert.Matches(
            @"learning_rate=1e38/seed-0 failed with exit code 1: seglstm: error: .*; all of it: .*train\.log", first.Output);
        Assert.Matches(@"/2 learning_rate=1e-3/seed-0: finished, test mIoU [\d.]+ %", first.Output);
        Assert.Contains("1 finished, 1 failed, 0 left", first.Output);

        string weights = At("runs/rates/learning_rate=1e-3/seed-0/last.safetensors");
        DateTime before = File.GetLastWriteTimeUtc(weights);
        SeglstmProcess second = Seglstm("sweep", "rates.yaml", "--only", "learning_rate=1e-3/seed-0");
        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Contains("was finished before", second.Output);
        Assert.Equal(before, File.GetLastWriteTimeUtc(weights));

        SeglstmProcess table = Seglstm("runs", "table", "--in", "runs/rates", "--metric", "test_miou", "--format", "latex");
        Assert.True(table.ExitCode == 0, table.Error);
        Assert.Matches(
            @"\\toprule\nmodel & seeds & test mIoU \(\\%\) \\\\\n\\midrule\nseglstm\\_nano & 1 & [\d.]+ \\\\", table.Output);
        Assert.Contains("% Left out, as no such number is known of them yet: learning_rate=1e38/seed-0.", table.Output);
    }

    [Fact]
    public void A_signal_lets_runs_save_their_states_and_the_array_script_goes_on_with_them()
    {
        File.WriteAllText(At("long.yaml"), """
            preset: olinda
            data: statlog
            set: [split.block_size=16, training.schedule.iterations=40, training.batch_size=2, training.log_every=1]
            """);
        string run = At("runs/long/base/seed-0");
        using (Process sweep = Start("sweep", "long.yaml"))
        {
            var clock = Stopwatch.StartNew();
            while (!Steps(run, 3) && !sweep.HasExited && clock.Elapsed < TimeSpan.FromMinutes(2)) Thread.Sleep(20);
            // Not INT: what a shell starts in the background does not hear it, nor do the processes of such a test.
            using Process kill = Process.Start("kill", ["-TERM", $"{sweep.Id}"]);
            string output = sweep.StandardOutput.ReadToEnd();
            sweep.WaitForExit();
            Assert.True(sweep.ExitCode == 130, output);
            Assert.Contains("0 finished, 0 failed, 1 left; the same command goes on with them", output);
        }

        string state = Path.GetFileName(Assert.Single(Directory.GetFiles(run, "state-*.safetensors")));
        SeglstmProcess slurm = SeglstmProcess.Run([("PATH", PathWithout("sbatch"))],
            ["sweep", "long.yaml", "--slurm", "--threads", "1", "--time", "00:10:00"], folder.FullName);
        Assert.True(slurm.ExitCode == 0, slurm.Error);
        Assert.Contains("there is no sbatch here", slurm.Output);
        var start = new ProcessStartInfo("bash", [At("runs/long/sweep.sbatch")]) { RedirectStandardOutput = true };
        start.Environment["SLURM_ARRAY_TASK_ID"] = "0";
        using Process element = Process.Start(start)!;
        string printed = element.StandardOutput.ReadToEnd();
        element.WaitForExit();
        Assert.True(element.ExitCode == 0, printed);
        Assert.Contains("1/1 base/seed-0: finished, test mIoU", printed);
        Assert.Contains($"\"state\":\"{state}\"", File.ReadAllText(Path.Combine(run, "metrics.jsonl")));
    }

    [Theory]
    [InlineData("sweep none.yaml: there is no such file", "sweep", "none.yaml")]
    [InlineData("--time is for --slurm", "sweep", "a.yaml", "--time", "1:00")]
    [InlineData("--only base/seed-1: the sweep has no such run (did you mean 'base/seed-0'?)",
        "sweep", "a.yaml", "--only", "base/seed-1")]
    [InlineData("there is no 'axis' (did you mean 'axes'?)", "sweep", "b.yaml")]
    [InlineData("--in none: there is no such folder", "runs", "table", "--in", "none")]
    public void What_cannot_be_done_is_told_before_anything_is_done(string told, params string[] arguments)
    {
        File.WriteAllText(At("a.yaml"), "preset: olinda\n");
        File.WriteAllText(At("b.yaml"), "preset: olinda\naxis: []\n");
        Assert.Contains(told, Seglstm(arguments).FailureLine());
        Assert.False(Directory.Exists(At("runs")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static bool Steps(string run, int count) => File.Exists(Path.Combine(run, "metrics.jsonl"))
        && File.ReadLines(Path.Combine(run, "metrics.jsonl")).Take(count).Count() == count;

    private static string PathWithout(string program) => string.Join(Path.PathSeparator,
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Where(part => !File.Exists(Path.Combine(part, program))));

    private string At(string name) => Path.Combine(folder.FullName, name);

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll"), .. arguments])
    {
        RedirectStandardOutput = true, WorkingDirectory = folder.FullName,
    })!;

    private SeglstmProcess Seglstm(params string[] arguments) => SeglstmProcess.Run([], arguments, folder.FullName);
}
