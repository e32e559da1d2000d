using SegLstm.Data;
using SegLstm.Data.Synthetic;
using SegLstm.Models;
using SegLstm.Models.Swin;
using SegLstm.Training;
using static TorchSharp.torch;

namespace SegLstm.Soak;

/// <summary>
/// Stops a short training behind batches that are drawn, resumes each in a fresh model, and compares what it leaves with a
/// training that never stopped: weights, optimizer, averages, losses, validations and metrics, to the last bit.
/// </summary>
/// <remarks>The training has all that could tell two runs apart: dropout, drop path, batch norms, random crops, warm-up,
/// clipping, accumulation over batches of unequal weight, and averaged weights; its batches end within passes and its passes
/// within batches.</remarks>
public static class ResumeSoak
{
    /// <summary>Batches of the training: there are as many places to stop but one.</summary>
    public const int Batches = 48;

    private const int Crop = 16, Side = 64;

    /// <summary>Runs.</summary>
    /// <param name="positions">How many places to stop at, at most all.</param>
    /// <param name="seed">Draws the places.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <param name="cancellation">Ends early; what is done is reported.</param>
    public static CutReport Run(int positions, int seed, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions, Batches - 1);
        int[] places = [.. Enumerable.Range(1, Batches - 1)];
        new Random(seed).Shuffle(places);
        string folder = Directory.CreateTempSubdirectory("seglstm-soak-resume-").FullName;
        using Scene scene = SyntheticScene.Generate(Side, Side, SceneDomain.Urban, seed);
        try
        {
            string whole = Path.Combine(folder, "whole");
            using (var run = new RunFolder(whole)) Train(scene, run, model: 1, stopAfter: 0);
            var failures = new List<CutFailure>();
            int done = 0;
            foreach (int place in places.Take(positions).Order())
            {
                if (cancellation.IsCancellationRequested) break;
                string cut = Path.Combine(folder, "cut");
                using (var run = new RunFolder(cut)) Train(scene, run, model: 1, place);
                using (RunFolder run = RunFolder.Resume(cut)) Train(scene, run, model: 2, stopAfter: 0);
                IReadOnlyList<string> differences = RunFiles.Differences(whole, cut);
                if (differences.Count > 0) failures.Add(new($"behind batch {place}", string.Join(", ", differences)));
                Directory.Delete(cut, recursive: true);
                progress?.Invoke(++done);
            }

            return new CutReport(done, done, failures);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Train(Scene scene, RunFolder run, int model, int stopAfter)
    {
        TrainingOptions options = new()
        {
            Schedule = new LearningRateSchedule { Iterations = Batches / 2, WarmupIterations = 5 }, BatchSize = 3, Accumulate = 2,
            LearningRate = 2e-3, ClipNorm = 1, EmaDecay = 0.8, AverageLabelledOnly = true, ValidateEvery = 5, LogEvery = 1,
            SaveEvery = Batches / 2,
        };
        SpatialBlocks blocks = SpatialBlocks.Checkerboard(Side, Side, Crop - 3, Crop - 3);
        using var stop = new CancellationTokenSource();
        using var tiles = new TileDataset(
            scene, blocks, Split.Train, new TileOptions { Size = Crop, RandomCrops = 10, Seed = 3 });
        using var training = new StoppingTiles(tiles, stopAfter * options.BatchSize, stop);
        using var validation = new TileDataset(
            scene, blocks, Split.Test, new TileOptions { Size = Crop, Context = true }, tiles.Statistics);
        manual_seed(model);
        using Segmenter swin = Decoders.Compose(
            new SwinBackbone(new SwinConfig
            {
                Dim = 8, Depths = [2, 2], Heads = [1, 2], PatchSize = 2, Window = 2, Channels = scene.Bands, DropPathRate = 0.2,
            }),
            scene.Legend.Count, channels: 16, auxiliaryChannels: 8);
        try
        {
            new Trainer(swin, options, Card(scene, tiles.Statistics), run).Fit(training, validation, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private static ModelCard Card(Scene scene, BandStatistics statistics) => new()
    {
        Model = "a small Swin", ImageSize = Crop, Bands = scene.BandNames, DisplayBands = scene.DisplayBands,
        Mean = statistics.Mean, Std = statistics.Std, ClassNames = scene.Legend.Names,
        Palette = [.. scene.Legend.Palette.Select(color => color.ToString())], Dataset = scene.Name,
    };
}
