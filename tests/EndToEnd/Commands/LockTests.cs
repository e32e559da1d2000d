using System.Diagnostics;
using SegLstm.Cli.Tests;

namespace SegLstm.Tests.EndToEnd.Commands;

public class LockTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_second_training_in_one_folder_is_refused_and_a_killed_one_leaves_no_lock()
    {
        string run = model.File("locked"), metrics = Path.Combine(run, "metrics.jsonl");
        using Process first = Start(run);
        try
        {
            var clock = Stopwatch.StartNew();
            while (!first.HasExited && clock.Elapsed < TimeSpan.FromMinutes(1) && !(File.Exists(metrics) && Length(metrics) > 0))
            {
                Thread.Sleep(20);
            }

            Assert.False(first.HasExited, "the first training has ended");
            long before = Length(metrics);
            string refusal = model.Train(run, 3).FailureLine();
            Assert.Contains($"being written by process {first.Id} on {Environment.MachineName}", refusal);
            Assert.Contains("choose another folder", model.Train(run, 3, "--resume").FailureLine());
            Assert.False(first.HasExited, "the first training has ended");
            Assert.True(Length(metrics) >= before, "the metrics of the first training are gone");
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }

        SeglstmProcess after = model.Train(run, 3);
        Assert.True(after.ExitCode == 0, after.Error);
    }

    private Process Start(string run)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll"), "train", "--image", model.Image, "--labels", model.Labels,
            "--classes", "plain,bright", "--out", run, "--iterations", "100000", "--batch", "4", "--size", "16", "--block", "12",
            "--threads", "1",
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    private static long Length(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return file.Length;
    }
}
