using SegLstm.Data;
using SegLstm.Experiments.Records;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments;

/// <summary>
/// Learning to map one labelled scene: some blocks of it train, some validate, some are held out. Baselines and models are
/// measured on the same held-out pixels.
/// </summary>
/// <param name="scene">A labelled scene; not disposed here.</param>
/// <param name="recipe">How to split, train and map it.</param>
public sealed class SceneExperiment(Scene scene, SceneRecipe recipe)
{
    private readonly SpatialBlocks _blocks = recipe.Split.Blocks(scene.Height, scene.Width);

    private readonly Tensor _label = scene.Label ?? throw new ArgumentException(
        $"The scene '{scene.Name}' has no labels: nothing can be learnt from it or measured on it. Choose a labelled one.",
            nameof(scene));

    private BandStatistics? _statistics;

    /// <summary>The scene.</summary>
    public Scene Scene => scene;

    /// <summary>The recipe.</summary>
    public SceneRecipe Recipe => recipe;

    /// <summary>What checkpoints of this experiment say of their model.</summary>
    public ModelCard Card => new()
    {
        Model = recipe.Model,
        ImageSize = recipe.WindowSize,
        Bands = scene.BandNames,
        DisplayBands = scene.DisplayBands,
        Mean = Statistics.Mean,
        Std = Statistics.Std,
        ClassNames = scene.Legend.Names,
        Palette = [.. scene.Legend.Palette.Select(color => color.ToString())],
        IgnoreIndex = scene.Legend.IgnoreIndex,
        Dataset = scene.Name,
        Split = recipe.Split,
        Seed = recipe.Training.Seed,
    };

    private BandStatistics Statistics => _statistics ??= BandStatistics.Of(scene, _blocks);

    /// <summary>The labels of one split, `(H, W)` int64, the ignored label elsewhere; a new tensor.</summary>
    public Tensor Labels(Split split) => BlockSplit.LabelsOf(_label, _blocks, split, scene.Legend.IgnoreIndex);

    /// <summary>
    /// The same experiment with classes weighed by the inverse square root of their share of the training pixels, on average 1.
    /// </summary>
    public SceneExperiment Balanced()
    {
        using Tensor train = Labels(Split.Train);
        long[] counts = new long[scene.Legend.Count];
        foreach (long label in train.flatten().data<long>().ToArray())
        {
            if (label != scene.Legend.IgnoreIndex) counts[label]++;
        }

        double[] weights = [.. counts.Select(count => 1 / Math.Sqrt(Math.Max(1, count)))];
        double mean = counts.Zip(weights, (count, weight) => count * weight).Sum() / Math.Max(1, counts.Sum());
        TrainingOptions options = recipe.Training with { ClassWeights = [.. weights.Select(weight => weight / mean)] };
        return new SceneExperiment(scene, recipe with { Training = options });
    }

    /// <summary>A model with the initial weights that the recipe's seed gives.</summary>
    /// <exception cref="ArgumentException">There is no such model; the nearest names are in the message.</exception>
    public Segmenter CreateModel() =>
        CreateModel(() => Catalog.Create(recipe.Model, scene.Legend.Count, scene.Bands, recipe.WindowSize));

    /// <summary>A model that is in no catalog, with the initial weights that the recipe's seed gives.</summary>
    /// <param name="make">Makes it for the scene's bands and classes.</param>
    public Segmenter CreateModel(Func<Segmenter> make)
    {
        manual_seed(new SeedStreams(recipe.Training.Seed)["init"]);
        return make();
    }

    /// <summary>Trains a model on the training blocks, choosing the best checkpoint on the validation blocks.</summary>
    /// <param name="model">Trained in place.</param>
    /// <param name="run">Where everything is kept, the recipe too; null keeps nothing.</param>
    /// <param name="observer">Is told how it goes; may be null.</param>
    /// <param name="stop">Ends the run after the current iteration.</param>
    public TrainingResult Train(
        Segmenter model, RunFolder? run = null, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        string[] faults = [.. recipe.Validate()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));

        // A run that goes on keeps the recipe that it began with: another one is refused.
        if (run is { HasState: false }) RecordYaml.Save(Path.Combine(run.Path, SceneRecipe.FileName), recipe);
        TrainingOptions options = recipe.Training;
        int pixels = _blocks.Blocks(Split.Train).Sum(w => w.Width * w.Height);
        int crops = Math.Max(options.BatchSize, pixels / (recipe.WindowSize * recipe.WindowSize));
        using var training = new TileDataset(scene, _blocks, Split.Train,
            new TileOptions { Size = recipe.WindowSize, RandomCrops = crops, Seed = new SeedStreams(options.Seed)["tiles"] },
                Statistics);
        using var validation = new TileDataset(scene, _blocks, Split.Validation,
            new TileOptions { Size = recipe.WindowSize, Context = true }, Statistics);
        return new Trainer(model, options, Card, run, observer).Fit(training, validation, stop);
    }

    /// <summary>Maps the whole scene.</summary>
    /// <param name="model">Normalised windows to logits.</param>
    /// <param name="progress">Is told how many of how many windows are done.</param>
    /// <param name="stop">Ends the work between two windows.</param>
    /// <returns>Class of each pixel, `(H, W)` int64.</returns>
    public Tensor Map(Segmenter model, Action<long, long>? progress = null, CancellationToken stop = default) =>
        SceneMap.Predict(scene, model, Card, recipe.Overlap, progress, stop);

    /// <summary>Compares a map with the labels of one split.</summary>
    /// <param name="map">Class of each pixel, `(H, W)` of an integer dtype.</param>
    /// <param name="split">The split that is counted; null counts all labelled pixels.</param>
    public ConfusionMatrix Score(Tensor map, Split? split = Split.Test)
    {
        using Tensor labels = split is { } part ? Labels(part) : _label.clone();
        var matrix = new ConfusionMatrix(scene.Legend.Count, scene.Legend.IgnoreIndex);
        matrix.Add(map, labels);
        return matrix;
    }

    /// <summary>What simple methods reach on a split after learning from the training blocks: the least to beat.</summary>
    /// <param name="split">The split that is counted.</param>
    public IReadOnlyList<BaselineResult> Baselines(Split split = Split.Test)
    {
        using Tensor train = Labels(Split.Train), counted = Labels(split);
        BaselineResult majority = MajorityBaseline.Evaluate(train, counted, scene.Legend.Count, scene.Legend.IgnoreIndex);
        return [majority, Baseline(new(5), split), Baseline(new(9), split), Baseline(new(9, 3), split)];
    }

    /// <summary>What nearest neighbours reach on a split after learning from the training blocks.</summary>
    /// <param name="method">How many neighbours, of which pixels.</param>
    /// <param name="split">The split that is counted.</param>
    public BaselineResult Baseline(NearestNeighbourBaseline method, Split split = Split.Test)
    {
        using Tensor train = Labels(Split.Train), counted = Labels(split);
        return method.Evaluate(scene.Image, train, counted, scene.Legend.Count, scene.Legend.IgnoreIndex);
    }
}
