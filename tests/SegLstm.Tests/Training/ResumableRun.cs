using System.Text.Json.Nodes;
using SegLstm.Data;
using SegLstm.Models;
using SegLstm.Models.Swin;
using SegLstm.Soak;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

/// <summary>
/// A run of 12 iterations in 24 batches that can be cut off and resumed, with all that could tell two runs apart: dropout, drop
/// path, batch norms, random crops, warm-up, clipping, accumulation over batches of unequal weight, and averaged weights.
/// </summary>
internal static class ResumableRun
{
    public const int Batches = 24;

    private const int Side = 48, Crop = 16;

    // Passes of 10 crops end within batches, iterations of 2 x 3 crops begin and end within passes.
    public static TrainingOptions Recipe { get; } = new()
    {
        Schedule = new LearningRateSchedule { Iterations = Batches / 2, WarmupIterations = 3 }, BatchSize = 3, Accumulate = 2,
        LearningRate = 2e-3, ClipNorm = 1, EmaDecay = 0.8, ClassWeights = [1, 2, 0.5], AverageLabelledOnly = true,
        ValidateEvery = 4, LogEvery = 1, Seed = 1, SaveEvery = Batches / 2,
    };

    public static ModelCard Card { get; } = new()
    {
        Model = "tiny swin", ImageSize = Crop, Bands = ["first", "second"], DisplayBands = [0, 1, 1], Mean = [110, 110],
        Std = [20, 20], ClassNames = ["low", "first", "second"], Palette = ["#0072B2", "#F0E442", "#D55E00"], Dataset = "stripes",
    };

    /// <summary>A model that a resumed run is given, whose own weights must not matter.</summary>
    public static Segmenter OtherModel() => Swin(2);

    public static Segmenter Swin(long seed)
    {
        manual_seed(seed);
        return Decoders.Compose(
            new SwinBackbone(new SwinConfig
            {
                Dim = 8, Depths = [2, 2], Heads = [1, 2], PatchSize = 2, Window = 2, Channels = 2, DropPathRate = 0.2,
            }),
            3, channels: 16, auxiliaryChannels: 8);
    }

    /// <summary>Trains in a run's folder.</summary>
    /// <param name="run">Says where, and whether to resume.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="stopAfter">Cancels the run with this batch of it; 0 lets it end.</param>
    /// <param name="observer">Is told of every step.</param>
    /// <param name="threads">libtorch's; for so small a model a second one only waits.</param>
    /// <param name="ranks">The processes that train it together; null for this one alone.</param>
    /// <returns>The result, or null where the run was stopped.</returns>
    public static TrainingResult? Train(
        RunFolder? run, Segmenter model, TrainingOptions options, int stopAfter = 0, ITrainingObserver? observer = null,
        int threads = 1, Ranks? ranks = null)
    {
        using Scene scene = Scenes.Stripes(Side, Side);
        SpatialBlocks blocks = SpatialBlocks.Checkerboard(Side, Side, Crop - 3, Crop - 3);
        using var stop = new CancellationTokenSource();
        using var tiles = new TileDataset(
            scene, blocks, Split.Train, new TileOptions { Size = Crop, RandomCrops = 10, Seed = 3 });
        using var training = new StoppingTiles(tiles, stopAfter * options.BatchSize, stop);
        using var validation = new TileDataset(
            scene, blocks, Split.Test, new TileOptions { Size = Crop, Context = true }, tiles.Statistics);
        int before = get_num_threads();
        try
        {
            set_num_threads(threads);
            return new Trainer(model, options, Card, run, observer, ranks).Fit(training, validation, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            set_num_threads(before);
        }
    }

    /// <summary>Begins a run and stops it after some of its batches.</summary>
    public static void CutOff(string folder, int batches, TrainingOptions? options = null)
    {
        using var run = new RunFolder(folder);
        using Segmenter model = Swin(1);
        Assert.Null(Train(run, model, options ?? Recipe, batches));
    }

    /// <summary>Resumes a run to its end.</summary>
    public static RunTrace Resume(string folder, TrainingOptions? options = null, ITrainingObserver? observer = null)
    {
        using RunFolder run = RunFolder.Resume(folder);
        using Segmenter model = OtherModel();
        TrainingResult? result = Train(run, model, options ?? Recipe, observer: observer);
        return RunTrace.Of(run, result!, model);
    }

    /// <summary>The run from its beginning to its end.</summary>
    public static RunTrace Whole(TrainingOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.File("run"));
        using Segmenter model = Swin(1);
        TrainingResult? result = Train(run, model, options ?? Recipe);
        return RunTrace.Of(run, result!, model);
    }

    /// <summary>The lines of a run's metrics that measure something, without the time they were written at.</summary>
    public static string[] Metrics(RunFolder run) =>
    [
        .. File.ReadLines(Path.Combine(run.Path, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())
            .Where(line => (string)line["kind"]! != "resumed")
            .Select(line =>
            {
                line.Remove("seconds");
                return line.ToJsonString();
            }),
    ];
}
