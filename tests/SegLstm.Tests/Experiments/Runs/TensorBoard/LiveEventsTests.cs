using SegLstm.Experiments.Runs.TensorBoard;
using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Training;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.Runs.TensorBoard;

public sealed class LiveEventsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void While_a_run_trains_its_events_are_those_that_its_metrics_would_give()
    {
        var during = new List<(IReadOnlyList<ReadEvent> Live, IReadOnlyList<ReadEvent> Written)>();
        using (var run = new RunFolder(folder.File("run")))
        using (var events = new LiveEvents(run.Path))
        using (Segmenter model = ResumableRun.Swin(1))
        {
            var reader = new AtStep(() => during.Add((Live("run"), Written("run"))));
            ResumableRun.Train(run, model, ResumableRun.Recipe, observer: new ObserverGroup(events, reader));
            run.Append(new { Kind = "test", MeanIou = 0.5, OverallAccuracy = 0.75 });
        }

        Assert.Equal(ResumableRun.Batches / 2, during.Count);
        Assert.All(during, at => Assert.Equal(at.Written, at.Live));
        Assert.True(during[0].Live.Count < during[^1].Live.Count);
        Assert.Equal(Written("run"), Live("run"));
        Assert.Contains(Live("run"), one => one is { Tag: "test/mean_iou", Value: 0.5f });
    }

    [Fact]
    public void A_run_that_is_cut_off_and_resumed_has_the_events_of_its_metrics_once()
    {
        string path = folder.File("run");
        foreach (int stopAfter in new[] { 9, 0 })
        {
            using RunFolder run = Directory.Exists(path) ? RunFolder.Resume(path) : new RunFolder(path);
            using var events = new LiveEvents(path);
            using Segmenter model = ResumableRun.Swin(1);
            ResumableRun.Train(run, model, ResumableRun.Recipe, stopAfter, events);
        }

        Assert.Equal(Written("run"), Live("run"));
        Assert.Equal(Enumerable.Range(0, ResumableRun.Batches / 2).Select(step => (long)step),
            Live("run").Where(one => one.Tag == "train/loss").Select(one => one.Step));
    }

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<ReadEvent> Live(string run)
    {
        string path = Assert.Single(Directory.GetFiles(folder.File(run), "events.out.tfevents.*"));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return EventReader.Read(bytes);
    }

    private IReadOnlyList<ReadEvent> Written(string run) =>
        EventReader.Read(File.ReadAllBytes(RunEvents.Write(folder.File(run), folder.File("board"))));

    private sealed class AtStep(Action act) : ITrainingObserver
    {
        public void Stepped(StepReport step) => act();
    }
}
