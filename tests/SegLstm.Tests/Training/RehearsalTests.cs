using SegLstm.Data;
using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class RehearsalTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_rehearsal_changes_no_weight_no_buffer_and_no_random_number_and_leaves_no_file(int accumulate)
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        string[] files = [.. Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal)];
        using Scene scene = Scenes.Stripes(48, 48);
        using TileDataset tiles = Tiles(scene);
        using Segmenter model = ResumableRun.Swin(1), twin = ResumableRun.Swin(1);
        TrainingOptions options = ResumableRun.Recipe with { Accumulate = accumulate };
        var seeds = new SeedStreams(options.Seed);
        manual_seed(9);
        TimeSpan? expected = new Rehearsal(model, options, ResumableRun.Card, run).Run(new Batches(tiles, 3, seeds), seeds, tiles);
        using Tensor drawn = rand(3);
        manual_seed(9);
        using Tensor undisturbed = rand(3);
        Assert.True(expected > TimeSpan.Zero);
        Assert.True(drawn.equal(undisturbed).all().item<bool>());
        Dictionary<string, Tensor> state = model.state_dict();
        Assert.All(twin.state_dict(), entry => Assert.Equal(entry.Value.bytes.ToArray(), state[entry.Key].bytes.ToArray()));
        Assert.Equal(files, Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_long_run_foretells_time_and_memory_and_a_short_one_does_not()
    {
        TrainingPlan plan = Plan(Rehearsal.LeastIterations);
        Assert.InRange(plan.Expected!.Value, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(10));
        Assert.InRange(plan.MemoryBytes!.Value, 50L << 20, 1L << 40);
        Assert.Null(Plan(Rehearsal.LeastIterations - 1).Expected);
    }

    [Fact]
    public void A_folder_that_takes_no_state_is_refused_before_the_first_step()
    {
        if (OperatingSystem.IsWindows()) return;
        using var limit = new FileSizeLimit(20_000);
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        using Scene scene = Scenes.Stripes(48, 48);
        using TileDataset tiles = Tiles(scene);
        using Segmenter model = ResumableRun.Swin(1);
        TrainingOptions options = ResumableRun.Recipe with
        {
            Schedule = new LearningRateSchedule { Iterations = 100, WarmupIterations = 0 },
        };
        Assert.Contains("as was tried before the first step", Assert.Throws<IOException>(
            () => new Trainer(model, options, ResumableRun.Card, run).Fit(tiles)).Message);
        Assert.StartsWith("{\"kind\":\"end\",\"how\":\"failed\",", File.ReadAllText(folder.File("metrics.jsonl")));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".*"));
    }

    // Stopped with its plan: the steps are not what is looked at.
    private static TrainingPlan Plan(int iterations)
    {
        using Scene scene = Scenes.Stripes(48, 48);
        using TileDataset tiles = Tiles(scene);
        using Segmenter model = ResumableRun.Swin(1);
        using var stop = new CancellationTokenSource();
        var observer = new Witness(stop);
        TrainingOptions options = ResumableRun.Recipe with
        {
            Schedule = new LearningRateSchedule { Iterations = iterations, WarmupIterations = 0 },
        };
        Assert.Throws<OperationCanceledException>(
            () => new Trainer(model, options, ResumableRun.Card, observer: observer).Fit(tiles, tiles, stop.Token));
        return observer.Plan!;
    }

    private static TileDataset Tiles(Scene scene) => new(scene, SpatialBlocks.Whole(48, 48, Split.Train), Split.Train,
        new TileOptions { Size = 16, RandomCrops = 12, Seed = 3 });

    private sealed class Witness(CancellationTokenSource stop) : ITrainingObserver
    {
        public TrainingPlan? Plan { get; private set; }

        public void Started(TrainingPlan plan)
        {
            Plan = plan;
            stop.Cancel();
        }
    }
}
