using System.Diagnostics;
using Microsoft.DotNet.Interactive;
using SegLstm.Metrics;
using SegLstm.Training;

namespace SegLstm.Workbook.Tests;

[Collection(nameof(Notebook))]
public sealed class ProgressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seglstm-progress-").FullName;

    private string File => Path.Combine(_folder, "runs", "progress.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_output_is_updated_at_most_four_times_a_second_and_shows_the_end()
    {
        var clock = Stopwatch.StartNew();
        var shown = Kernel.Run(() =>
        {
            using var progress = new Progress("training", 20_000);
            for (int i = 1; i <= 20_000; i++)
            {
                if (i % 2_000 == 0) Thread.Sleep(100);
                progress.Report(i, $"loss {i}");
            }
        }).Cast<ProgressState>().ToArray();

        Assert.InRange(shown.Length, 4, 4 + (4 * clock.Elapsed.TotalSeconds));
        Assert.Equal((0, "remaining time unknown"), (shown[0].Done, Words(shown[0])));
        Assert.Equal((20_000, ProgressStatus.Finished, "loss 20000"), (shown[^1].Done, shown[^1].Status, shown[^1].Note));
        Assert.Contains(shown, s => s.Remaining is { } left && left > TimeSpan.Zero);
    }

    [Fact]
    public void Work_that_ends_early_is_shown_as_stopped()
    {
        var shown = Kernel.Run(() =>
        {
            using var progress = new Progress("mapping", 10, "windows");
            progress.Report(3);
        });

        Assert.StartsWith("mapping: 3 of 10 windows (30.0 %), 0.", shown[^1].ToString());
        Assert.EndsWith("stopped before the end", shown[^1].ToString());
    }

    [Fact]
    public void A_training_run_shows_its_loss_and_its_score()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add<byte, byte>([0, 1, 1, 1], [0, 1, 1, 0]);
        var shown = Kernel.Run(() =>
        {
            using var progress = new Progress("training");
            ITrainingObserver observer = progress;
            observer.Started(new TrainingPlan("cpu", 2, new(10, 10), 4, 2, 8));
            observer.Stepped(new StepReport(7, 8, 0.25, 0.01, 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)));
            observer.Validated(new ValidationReport(7, matrix, matrix.Scores, true));
        });

        var last = (ProgressState)shown[^1];
        Assert.Equal((8, 8, "loss 0.2500, validation mIoU 58.33 %"), (last.Done, last.Total, last.Note));
    }

    [Fact]
    public void The_beginning_is_shown_once()
    {
        var shown = Kernel.Run(() => _ = new Progress("training", 9));

        Assert.Single(shown);
    }

    [Fact]
    public async Task A_cell_attaches_to_work_that_goes_on_and_follows_it_to_its_end()
    {
        using var progress = new Progress("training", 3, path: File);
        progress.Report(1);
        Task<ProgressState> following = null!;
        var shown = Kernel.Run(() => following = Progress.Attach(File));
        Assert.False(following.IsCompleted);

        progress.Report(3, "loss 0.1");
        ProgressState last = await following.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((3, ProgressStatus.Finished, "loss 0.1"), (last.Done, last.Status, last.Note));
        Assert.Equal(last, shown[^1]);
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public async Task Work_whose_process_is_gone_is_not_waited_for()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        new ProgressState { Title = "training", Total = 9, Done = 2, Written = DateTime.UtcNow.AddHours(-1) }.Write(File);

        ProgressState last = await Progress.Attach(File).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(ProgressStatus.Stopped, last.Status);
        Assert.StartsWith("no news since", last.Note);
    }

    [Fact]
    public async Task A_missing_or_a_foreign_file_is_refused()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => Progress.Attach(File));
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, "[1, 2]");
        await Assert.ThrowsAsync<InvalidDataException>(() => Progress.Attach(File));
    }

    [Fact]
    public void Without_a_notebook_lines_are_printed()
    {
        TextWriter console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            using var progress = new Progress("mapping", 2, "windows");
            progress.Report(2);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Equal(2, written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("2 of 2 windows (100.0 %)", written.ToString());
    }

    private static string Words(ProgressState state) => state.ToString().Split(", ")[^1];
}
