using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments;

/// <summary>
/// Learning from a collection of many images with its own splits, which are read from the disk as they are needed: memory does not
/// grow with the collection.
/// </summary>
/// <param name="collection">The images.</param>
/// <param name="recipe">How to cut and vary them, train and measure; its block split and share of labels are for scenes.</param>
public sealed class CollectionExperiment(RasterCollection collection, SceneRecipe recipe)
{
    private const double DefaultHoldOut = 0.1;

    // Images whose pixels are read for means and deviations: as many as tell them to a fraction of a level.
    private const int MeasuredImages = 200;

    private static readonly BandStatistics ImageNet = new([123.675f, 116.28f, 103.53f], [58.395f, 57.12f, 57.375f]);

    private readonly RecipeModel _model = new(recipe, collection.Legend, collection.BandNames.Count);

    private readonly CollectionRecipe _images = recipe.Collection ?? new CollectionRecipe();

    private BandStatistics? _statistics;

    private (IReadOnlyList<CollectionItem> Train, IReadOnlyList<CollectionItem> Validation)? _parts;

    /// <summary>The images.</summary>
    public RasterCollection Collection => collection;

    /// <summary>The recipe.</summary>
    public SceneRecipe Recipe => recipe;

    /// <summary>What checkpoints of this experiment say of their model.</summary>
    /// <exception cref="ArgumentException">ImageNet's numbers are for three bands, and the images have others.</exception>
    public ModelCard Card => new()
    {
        Model = recipe.Model,
        ImageSize = recipe.WindowSize,
        Bands = collection.BandNames,
        DisplayBands = collection.DisplayBands,
        Mean = Statistics.Mean,
        Std = Statistics.Std,
        ClassNames = _model.ClassNames,
        Language = _model.Language,
        Palette = [.. collection.Legend.Palette.Select(color => color.ToString())],
        IgnoreIndex = collection.Legend.IgnoreIndex,
        Dataset = collection.Name,
        Seed = recipe.Training.Seed,
    };

    /// <summary>The images that train.</summary>
    /// <exception cref="ArgumentException">There are none, or some have no labels.</exception>
    public IReadOnlyList<CollectionItem> TrainingItems => Parts.Train;

    /// <summary>The images that validate; see <see cref="CollectionRecipe.HoldOut"/>.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public IReadOnlyList<CollectionItem> ValidationItems => Parts.Validation;

    /// <summary>The images that are reported on: the published test where it has labels, otherwise those that validate.</summary>
    public IReadOnlyList<CollectionItem> TestItems => Labelled(Split.Test) is { Count: > 0 } test ? test : ValidationItems;

    private BandStatistics Statistics => _statistics ??= _images.Normalization == CollectionNormalization.Measured
        ? collection.StatisticsOf(TrainingItems, MeasuredImages)
        : collection.BandNames.Count == ImageNet.Mean.Count ? ImageNet : throw new ArgumentException(
            $"The recipe's Collection.Normalization is Imagenet, which has three bands; {collection.Name} has "
            + $"{collection.BandNames.Count} here ({string.Join(", ", collection.BandNames)}). Expected Measured, or a folder of "
            + "images with three bands.");

    private (IReadOnlyList<CollectionItem> Train, IReadOnlyList<CollectionItem> Validation) Parts => _parts ??= Divide();

    /// <summary>A model with the initial weights that the recipe's seed gives; with the recipe's words, where it has some.</summary>
    /// <exception cref="ArgumentException">There is no such model (the nearest names are in the message), or a word cannot be
    /// encoded.</exception>
    public Segmenter CreateModel() => _model.Create();

    /// <summary>
    /// The same experiment with classes weighed by the inverse square root of their share of the training pixels, on average 1. Reads all
    /// training labels.
    /// </summary>
    public CollectionExperiment Balanced()
    {
        long[] counts = new long[collection.Legend.Count];
        foreach (CollectionItem item in TrainingItems)
        {
            foreach (byte label in collection.Labels(item).SelectMany(strip => strip))
            {
                if (label < counts.Length) counts[label]++;
            }
        }

        return new CollectionExperiment(collection,
            recipe with { Training = recipe.Training with { ClassWeights = ClassBalance.Weights(counts) } });
    }

    /// <summary>Trains a model, choosing the best checkpoint on <see cref="ValidationItems"/>.</summary>
    /// <param name="model">Trained in place.</param>
    /// <param name="run">Where everything is kept, the recipe too; null keeps nothing.</param>
    /// <param name="observer">Is told how it goes; may be null.</param>
    /// <param name="stop">Ends the run after the current iteration.</param>
    /// <param name="ranks">The processes that train it together, each with its rows of every batch; null trains it in this one.</param>
    /// <exception cref="ArgumentException">The recipe cannot be used, or is not that of the run that is resumed.</exception>
    /// <exception cref="IOException">A file is missing, damaged or not writable.</exception>
    /// <exception cref="InvalidDataException">An image or a label file holds what the collection does not declare.</exception>
    public TrainingResult Train(
        Segmenter model, RunFolder? run = null, ITrainingObserver? observer = null, CancellationToken stop = default, Ranks? ranks = null)
    {
        string[] faults = [.. recipe.Validate(), .. Unused()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));
        if (run is not null) KeptRecipe.Keep(run, recipe, "collection", made => made.Collection ?? new());
        TrainingOptions options = recipe.Training;
        using var training = new CollectionCrops(collection, TrainingItems, new CropOptions
        {
            Size = recipe.WindowSize, Patch = _images.Patch, Augmentation = _images.Augmentation,
                Seed = new SeedStreams(options.Seed)["tiles"],
        }, Statistics);
        using utils.data.Dataset validation = _images.Evaluation == CollectionEvaluation.Whole
            ? new CollectionImages(collection, ValidationItems, _images.Patch, Statistics)
            : new CollectionDataset(collection, ValidationItems, new TileOptions { Size = recipe.WindowSize }, Statistics);
        return new Trainer(model, options, Card, run, observer, ranks).Fit(training, validation, stop);
    }

    /// <summary>Counts what a model gets right.</summary>
    /// <param name="model">Normalised images to logits.</param>
    /// <param name="items">Labelled images, such as <see cref="TestItems"/>.</param>
    /// <param name="progress">Is told how many of how many images are done.</param>
    /// <param name="stop">Ends the work.</param>
    public ConfusionMatrix Score(
        nn.Module<Tensor, Tensor> model, IReadOnlyList<CollectionItem> items, Action<long, long>? progress = null,
            CancellationToken stop = default) =>
        new CollectionScore(collection, Card, _images.Evaluation, recipe.Overlap, _images.Patch).Of(model, items, progress, stop);

    private IReadOnlyList<CollectionItem> Labelled(Split split) => [.. collection.Of(split).Where(item => item.LabelPath is not null)];

    private (IReadOnlyList<CollectionItem> Train, IReadOnlyList<CollectionItem> Validation) Divide()
    {
        var train = CollectionReader.Labelled(collection, collection.Of(Split.Train), "The training split");
        if (_images.HoldOut is null && new[] { Split.Validation, Split.Test }.Select(Labelled)
            .FirstOrDefault(items => items.Count > 0) is { } published)
            return (train, published);
        double share = _images.HoldOut ?? DefaultHoldOut;
        int count = (int)Math.Round(share * train.Count);
        if (count == 0 || count == train.Count)
        {
            throw new ArgumentException(
                $"{collection.Name} has {train.Count} training images, and {share} of them cannot validate: expected "
                + "Collection.HoldOut to leave at least one to either.");
        }

        int[] order = [.. Enumerable.Range(0, train.Count)];
        // Not the run's seed: runs with other seeds are compared on the same images.
        new SeedStreams(0).Draw("hold out", 0).Shuffle(order);
        var held = order[..count].ToHashSet();
        return ([.. train.Where((_, i) => !held.Contains(i))], [.. train.Where((_, i) => held.Contains(i))]);
    }

    // What a recipe may say of scenes that means nothing here must not seem to be done.
    private IEnumerable<string> Unused()
    {
        if (recipe.Pretraining is not null) yield return "Pretraining is for scenes: expected null for a collection.";
        if (recipe.Labels is not null) yield return "LabelFraction is for scenes: expected 1 for a collection.";
    }
}
