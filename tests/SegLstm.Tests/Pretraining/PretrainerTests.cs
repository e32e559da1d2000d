using System.Text.Json;
using SegLstm.Checkpoints;
using SegLstm.Pretraining;
using SegLstm.Pretraining.Methods;
using SegLstm.Pretraining.Probes;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining;

public sealed class PretrainerTests
{
    [Theory]
    [InlineData("deeplab")]
    [InlineData("vil")]
    public void The_same_seed_gives_the_same_weights_to_the_last_bit_and_another_seed_does_not(string trunk)
    {
        var (first, second, other) = (Weights(trunk, Recipe), Weights(trunk, Recipe), Weights(trunk, Recipe with { Seed = 2 }));
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Epochs_have_full_batches_only_and_rates_by_epoch()
    {
        using var method = SmallMethods.Make(PretrainingMethodKind.Simclr, "vil");
        var observer = new Recorder();
        var options = Recipe with { Epochs = 3, BatchSize = 3 };
        var result = new Pretrainer(method, options, observer: observer).Fit(new TileViews(8));
        Assert.Equal(6, result.Losses.Count);
        Assert.Equal([0, 0, 1, 1, 2, 2], observer.Steps.Select(step => step.Epoch));
        Assert.Equal(Enumerable.Range(0, 6).Select(step => options.Rate(step / 2)), observer.Steps.Select(step => step.LearningRate));
        Assert.Equal(result.Losses, observer.Steps.Select(step => step.Loss));
        Assert.Equal(result.Epochs, observer.Epochs);
        Assert.Equal(result.Losses.Chunk(2).Select(pair => pair.Average()), result.Epochs.Select(epoch => epoch.Loss));
        Assert.All(observer.Steps, step => Assert.True(step.GradientNorm > 0));
        Assert.Equal(TimeSpan.Zero, observer.Steps[^1].Remaining);
    }

    [Fact]
    public void A_run_folder_holds_the_recipe_the_steps_and_the_checkpoints_of_the_best_and_the_last_epoch()
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.File("run"));
        using var method = SmallMethods.Make(PretrainingMethodKind.Glcnet, "vil");
        var kept = new Dictionary<int, byte[]>();
        var observer = new Recorder { OnEpoch = epoch => kept[epoch.Epoch] = Bytes(method.state_dict()) };
        // A rate so high that the loss of later epochs is hardly the lowest.
        var options = Recipe with { Epochs = 3, LogEvery = 1, LearningRate = 0.05 };
        var result = new Pretrainer(method, options, run, observer).Fit(new TileViews(8));
        var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Path, "config.json"))).RootElement;
        Assert.Equal(3, config.GetProperty("pretraining").GetProperty("epochs").GetInt32());
        Assert.Equal(16, config.GetProperty("pretraining").GetProperty("glcnet").GetProperty("box_size").GetInt32());
        JsonElement[] lines = [.. ReadShared(Path.Combine(run.Path, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        var steps = lines.Where(line => line.GetProperty("kind").GetString() == "step").ToArray();
        Assert.Equal(result.Losses, steps.Select(line => line.GetProperty("loss").GetDouble()));
        Assert.All(steps, line => Assert.Equal(
            line.GetProperty("loss").GetDouble(),
            (line.GetProperty("loss_global").GetDouble() + line.GetProperty("loss_local").GetDouble()) / 2, 1e-5));
        Assert.Equal(result.Epochs.Select(epoch => epoch.Loss),
            lines.Where(line => line.GetProperty("kind").GetString() == "epoch").Select(line => line.GetProperty("loss").GetDouble()));
        var best = result.Epochs.MinBy(epoch => epoch.Loss)!.Epoch;
        Assert.Equal(kept[best], Bytes(SafeTensors.Load(run.BestCheckpoint)));
        Assert.Equal(kept[2], Bytes(SafeTensors.Load(run.LastCheckpoint)));
    }

    [Fact]
    public void Features_are_measured_every_so_many_passes_and_behind_the_last_and_stand_in_the_metrics()
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.File("run"));
        using var method = SmallMethods.Make(PretrainingMethodKind.Simclr, "vil");
        var observer = new Recorder();
        var report = new FeatureReport(0.5, -1.25, 7, null, null);
        new Pretrainer(method, Recipe with { Epochs = 5, ProbeEvery = 2 }, run, observer, () => report).Fit(new TileViews(8));
        Assert.Equal([null, report, null, report, report], observer.Epochs.Select(epoch => epoch.Features));
        JsonElement[] lines = [.. ReadShared(Path.Combine(run.Path, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("kind").GetString() == "features")];
        Assert.Equal([1, 3, 4], lines.Select(line => line.GetProperty("epoch").GetInt32()));
        Assert.All(lines, line => Assert.Equal(-1.25, line.GetProperty("uniformity").GetDouble()));
        Assert.All(lines, line => Assert.Equal(7, line.GetProperty("rank").GetDouble()));
    }

    [Fact]
    public void A_view_that_is_not_finite_stops_before_the_step_and_is_named()
    {
        using var method = SmallMethods.Make(PretrainingMethodKind.Simclr, "deeplab");
        var before = Bytes(method.state_dict());
        var error = Assert.Throws<NonFiniteLossException>(() => new Pretrainer(method, Recipe).Fit(new Spoilt(new TileViews(8))));
        Assert.Equal(("loss", 0), (error.Report.Quantity, error.Iteration));
        Assert.NotNull(error.Report.Image);
        Assert.Contains("not finite", error.Message);
        Assert.Equal(before, Bytes(method.state_dict()));
    }

    [Fact]
    public void A_stopped_run_keeps_its_last_weights()
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.File("run"));
        using var stop = new CancellationTokenSource();
        using var method = SmallMethods.Make(PretrainingMethodKind.Simclr, "vil");
        var observer = new Recorder { OnStep = step => { if (step.Iteration == 2) stop.Cancel(); } };
        Assert.Throws<OperationCanceledException>(
            () => new Pretrainer(method, Recipe with { Epochs = 9 }, run, observer).Fit(new TileViews(8), stop.Token));
        Assert.Equal(3, observer.Steps.Count);
        Assert.Equal(Bytes(method.state_dict()), Bytes(SafeTensors.Load(run.LastCheckpoint)));
    }

    [Theory]
    [InlineData(PretrainingMethodKind.Glcnet)]
    [InlineData(PretrainingMethodKind.Moco)]
    [InlineData(PretrainingMethodKind.Byol)]
    [InlineData(PretrainingMethodKind.Jigsaw)]
    public void A_run_that_was_cut_off_goes_on_behind_its_last_epoch_to_the_same_bits(PretrainingMethodKind kind)
    {
        var options = Recipe with { Epochs = 4, LogEvery = 1 };
        using var folder = new TemporaryFolder();
        byte[] Run(string name, int? cut, bool resume = false)
        {
            using var stop = new CancellationTokenSource();
            using RunFolder run = resume ? RunFolder.Resume(folder.File(name)) : new RunFolder(folder.File(name));
            // Another start: what counts comes from the state.
            manual_seed(resume ? 77 : 5);
            using var method = SmallMethods.Make(kind, "vil");
            var observer = new Recorder { OnStep = step => { if (step.Iteration == cut) stop.Cancel(); } };
            var trainer = new Pretrainer(method, options, run, observer);
            if (cut is null) trainer.Fit(new TileViews(8));
            else Assert.Throws<OperationCanceledException>(() => trainer.Fit(new TileViews(8), stop.Token));
            return Bytes(method.state_dict());
        }

        byte[] whole = Run("whole", null);
        // In the middle of the third epoch, then behind it.
        Run("cut", 4);
        Run("cut", 6, resume: true);
        Assert.Equal(whole, Run("cut", null, resume: true));

        double[] Losses(string name) => [.. ReadShared(Path.Combine(folder.File(name), "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("kind").GetString() == "step").Select(line => line.GetProperty("loss").GetDouble())];
        Assert.Equal(8, Losses("whole").Length);
        Assert.Equal(Losses("whole"), Losses("cut"));
    }

    [Fact]
    public void A_run_is_not_resumed_with_other_settings()
    {
        using var folder = new TemporaryFolder();
        using var method = SmallMethods.Make(PretrainingMethodKind.Simclr, "vil");
        using (var run = new RunFolder(folder.File("run"))) new Pretrainer(method, Recipe, run).Fit(new TileViews(8));
        using RunFolder again = RunFolder.Resume(folder.File("run"));
        var fault = Assert.Throws<ArgumentException>(() => new Pretrainer(method, Recipe with { LearningRate = 1 }, again).Fit(new TileViews(8)));
        Assert.Contains("Pretraining.LearningRate was 0.002 and is 1", fault.Message);
    }

    [Fact]
    public void Too_few_tiles_and_missing_index_maps_are_refused_with_what_to_give()
    {
        using var method = SmallMethods.Make(PretrainingMethodKind.Glcnet, "vil");
        Assert.Contains("3 tiles, fewer than a batch of 4",
            Assert.Throws<ArgumentException>(() => new Pretrainer(method, Recipe).Fit(new TileViews(3))).Message);
        var error = Assert.Throws<InvalidDataException>(() => new Pretrainer(method, Recipe).Fit(new WithoutIndex(new TileViews(8))));
        Assert.Contains("no \"first_index\"", error.Message);
        Assert.Contains("Epochs", Assert.Throws<ArgumentException>(
            () => new Pretrainer(method, Recipe with { Epochs = 0 }).Fit(new TileViews(8))).Message);
    }

    [Fact]
    public void The_number_of_live_tensors_does_not_grow_from_step_to_step()
    {
        var live = new List<long>();
        var observer = new Recorder { OnStep = _ => live.Add(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount) };
        using var method = SmallMethods.Make(PretrainingMethodKind.Glcnet, "vil");
        new Pretrainer(method, Recipe with { Epochs = 4 }, observer: observer).Fit(new TileViews(8));
        Assert.Single(live.Skip(2).Distinct());
    }

    private static PretrainingOptions Recipe { get; } = new()
    {
        Epochs = 2, BatchSize = 4, Seed = 1, LearningRate = 2e-3, Glcnet = SmallMethods.GlcNet,
    };

    private static byte[] Weights(string trunk, PretrainingOptions options)
    {
        manual_seed(new SeedStreams(options.Seed)["init"]);
        using var method = new GlcNet(
            trunk == "deeplab" ? new(Trunks.DeepLab with { EncoderDropout = 0.5 }) : Trunks.Make(trunk), options.Glcnet);
        new Pretrainer(method, options).Fit(new TileViews(8));
        return Bytes(method.state_dict());
    }

    private static byte[] Bytes(Dictionary<string, Tensor> state) =>
        [.. state.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.detach().contiguous().bytes.ToArray())];

    /// <summary>Reads lines while the run still holds the file.</summary>
    private static string[] ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class Recorder : IPretrainingObserver
    {
        public List<PretrainingStep> Steps { get; } = [];

        public List<PretrainingEpoch> Epochs { get; } = [];

        public Action<PretrainingStep>? OnStep { get; init; }

        public Action<PretrainingEpoch>? OnEpoch { get; init; }

        public void Stepped(PretrainingStep step)
        {
            Steps.Add(step);
            OnStep?.Invoke(step);
        }

        public void Passed(PretrainingEpoch epoch)
        {
            Epochs.Add(epoch);
            OnEpoch?.Invoke(epoch);
        }
    }

    private sealed class Spoilt(TileViews views) : utils.data.Dataset
    {
        public override long Count => views.Count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            var item = views.GetTensor(index);
            item["second"][0, 3, 4] = float.NaN;
            return item;
        }
    }

    private sealed class WithoutIndex(TileViews views) : utils.data.Dataset
    {
        public override long Count => views.Count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            var item = views.GetTensor(index);
            item.Remove("first_index");
            return item;
        }
    }
}
