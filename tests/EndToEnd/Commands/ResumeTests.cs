using System.Diagnostics;
using System.Text.Json.Nodes;
using SegLstm.Cli.Tests;

namespace SegLstm.Tests.EndToEnd.Commands;

public class ResumeTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private const int Iterations = 60, Kills = 2;

    [Fact]
    public void Training_killed_at_random_moments_and_resumed_leaves_the_files_of_a_run_that_never_stopped()
    {
        string whole = model.File("whole"), killed = model.File("killed");
        SeglstmProcess uninterrupted = SeglstmProcess.Run(Train(whole));
        Assert.True(uninterrupted.ExitCode == 0, uninterrupted.Error);

        var random = new Random(3);
        int resumed = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            // Behind a line of the metrics that is drawn, then anywhere: in a step, a validation or a save.
            var later = TimeSpan.FromMilliseconds(random.Next(0, 40));
            resumed += KillAfter(random.Next(1, 5), later, Train(killed, kill > 0)) ? 1 : 0;
        }

        SeglstmProcess last = SeglstmProcess.Run(Train(killed, resume: true));
        Assert.True(last.ExitCode == 0, last.Error);
        Assert.Contains("going on at iteration", last.Output);
        Assert.True(resumed > 0, "no process was killed while it trained");
        foreach (string name in new[] { "last.safetensors", "best.safetensors", $"state-{2 * Iterations:00000000}.safetensors" })
        {
            Assert.True(File.ReadAllBytes(Path.Combine(whole, name)).AsSpan().SequenceEqual(
                File.ReadAllBytes(Path.Combine(killed, name))), $"{name} differs");
        }

        Assert.Equal(Metrics(whole), Metrics(killed));
        Assert.Empty(Directory.EnumerateFiles(killed, ".*"));
    }

    [Fact]
    public void Resuming_with_other_options_or_without_a_run_is_refused_by_name()
    {
        string run = model.File("other");
        Assert.Equal(0, model.Train(run, 3).ExitCode);
        Assert.Contains("Training.LearningRate was", model.Train(run, 3, "--resume", "--lr", "1e-5").FailureLine());
        string missing = model.File("missing");
        SeglstmProcess without = model.Train(missing, 3, "--resume");
        Assert.NotEqual(0, without.ExitCode);
        Assert.Contains($"there is no run in {missing}", without.Error);
        Assert.False(Directory.Exists(missing));
    }

    private string[] Train(string run, bool resume = false) =>
    [
        "train", "--image", model.Image, "--labels", model.Labels, "--classes", "plain,bright", "--out", run, "--iterations",
        $"{Iterations}", "--batch", "2", "--accumulate", "2", "--ema", "0.9", "--size", "16", "--block", "12", "--validate-every",
        "7", "--save-every", "2", "--threads", "1", .. resume ? ["--resume"] : Array.Empty<string>(),
    ];

    // Whether the process was still training when it was killed.
    private static bool KillAfter(int lines, TimeSpan later, string[] arguments)
    {
        string command = Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll"), run = arguments[8];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [command, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        string metrics = Path.Combine(run, "metrics.jsonl");
        long begun = Length(metrics);
        int seen = 0;
        while (seen < lines && !process.HasExited)
        {
            Thread.Sleep(2);
            if (Length(metrics) is var now && now != begun) (begun, seen) = (now, seen + 1);
        }

        Thread.Sleep(later);
        bool training = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        return training;
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static string[] Metrics(string run) =>
    [
        .. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())
            .Where(line => (string)line["kind"]! != "resumed")
            .Select(line =>
            {
                line.Remove("seconds");
                return line.ToJsonString();
            }),
    ];
}
