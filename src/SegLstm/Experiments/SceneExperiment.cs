using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Experiments.Records;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Pretraining;
using SegLstm.Pretraining.Handover;
using SegLstm.Pretraining.Networks;
using SegLstm.Pretraining.Views;
using SegLstm.Training;
using SegLstm.Training.Distributed;
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

    private readonly RecipeModel _model = new(recipe, scene.Legend, scene.Bands);

    private BandStatistics? _statistics;

    private LabelDraw? _drawn;

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
        ClassNames = _model.ClassNames,
        Language = _model.Language,
        Palette = [.. scene.Legend.Palette.Select(color => color.ToString())],
        IgnoreIndex = scene.Legend.IgnoreIndex,
        Dataset = scene.Name,
        Split = recipe.Split,
        Labels = recipe.Labels,
        Seed = recipe.Training.Seed,
    };

    /// <summary>Which training labels are learnt from; null where all are.</summary>
    /// <exception cref="ArgumentException">The recipe's share is out of range.</exception>
    public LabelDraw? DrawnLabels => _drawn ??= recipe.Labels?.Draw(scene, _blocks);

    private BandStatistics Statistics => _statistics ??= BandStatistics.Of(scene, _blocks);

    /// <summary>
    /// The labels of one split, `(H, W)` int64, the ignored label elsewhere; of the training split those that the recipe draws. A
    /// new tensor.
    /// </summary>
    public Tensor Labels(Split split) => split == Split.Train && DrawnLabels is { } drawn
        ? drawn.ToTensor()
        : BlockSplit.LabelsOf(_label, _blocks, split, scene.Legend.IgnoreIndex);

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

        TrainingOptions options = recipe.Training with { ClassWeights = ClassBalance.Weights(counts) };
        return new SceneExperiment(scene, recipe with { Training = options });
    }

    /// <summary>A model with the initial weights that the recipe's seed gives; with the recipe's words, where it has some.</summary>
    /// <exception cref="ArgumentException">There is no such model (the nearest names are in the message), or a word cannot be
    /// encoded.</exception>
    public Segmenter CreateModel() => _model.Create();

    /// <summary>A model that is in no catalog, with the initial weights that the recipe's seed gives.</summary>
    /// <param name="make">Makes it for the scene's bands and classes.</param>
    public Segmenter CreateModel(Func<Segmenter> make) => _model.Create(make);

    /// <summary>Fills a model's backbone with what the recipe's pretraining gives.</summary>
    /// <param name="model">A model with fresh weights (<see cref="CreateModel()"/>); its heads stay as they are.</param>
    /// <param name="store">Where the pre-trained encoder is found, or put.</param>
    /// <param name="observer">Is told how it goes, unless it was found; may be null.</param>
    /// <param name="stop">Ends the work after the current step.</param>
    /// <returns>The folder of the pretraining run, with its metrics and weights.</returns>
    /// <exception cref="InvalidOperationException">The recipe has no pretraining.</exception>
    /// <exception cref="ArgumentException">The recipe does not fit the scene or the model; the message says why.</exception>
    public string Pretrain(
        Segmenter model, PretrainedStore store, IPretrainingObserver? observer = null, CancellationToken stop = default)
    {
        PretrainingRecipe pretraining = recipe.Pretraining
            ?? throw new InvalidOperationException("The recipe has no pretraining: set SceneRecipe.Pretraining.");
        bool labelled = pretraining.Training.Method == PretrainingMethodKind.Supervised;
        SceneArrays[] images = [.. labelled ? [] : new[] { Visible() }, .. pretraining.Scenes.Select(Images)];
        var seeds = new SeedStreams(recipe.Training.Seed);
        PretrainingOptions options = pretraining.Training with { Seed = seeds["pretraining"] };
        string path = store.Get(Source(pretraining, images), run =>
        {
            if (labelled)
            {
                if (images[0].Labels is null)
                {
                    throw new ArgumentException($"'{images[0].Name}' in Scenes has no labels: the method Supervised needs a labelled scene.");
                }

                using Scene source = images[0].ToScene();
                if (source.Bands != scene.Bands)
                {
                    throw new ArgumentException(
                        $"'{source.Name}' has {source.Bands} bands and '{scene.Name}' has {scene.Bands}: expected as many, as the encoder "
                        + "of the one learns from the other. Name another scene in Scenes.");
                }

                new SupervisedStart(recipe.Model, options, pretraining.Views).Train(source, run, observer, stop);
                return;
            }

            using var views = new TwoViewDataset(
                images, pretraining.Views with { Seed = seeds["views"] }, scaling: null, [.. images.Select(BandStatistics.Of)], knownOnly: true);
            manual_seed(seeds["init"]);
            using PretrainingMethod method = PretrainingMethods.Create(
                options, () => Trunk.OfCatalog(recipe.Model, scene.Bands, pretraining.Views.Size));
            using TileDataset? voters = Tiles(Split.Train, pretraining.Views.Size), asked = Tiles(Split.Validation, pretraining.Views.Size);
            using var probe = new EncoderProbe(
                method, views, Trunk.OfCatalog(recipe.Model, scene.Bands, pretraining.Views.Size), voters, asked, scene.Legend.Count,
                scene.Legend.IgnoreIndex);
            new Pretrainer(method, options, run, observer, probe.Measure).Fit(views, stop);
        });
        using var weights = PretrainedWeights.Load(Path.Combine(path, RunFolder.LastCheckpointFile));
        weights.Into(model);
        return path;
    }

    private static SceneArrays Images(string name) => File.Exists(name) ? TwoViewDataset.Read(name) : SceneCatalog.LoadArrays(name);

    // Null where the split has no labels.
    private TileDataset? Tiles(Split split, int size)
    {
        using Tensor labels = BlockSplit.LabelsOf(_label, _blocks, split, scene.Legend.IgnoreIndex);
        using Tensor known = labels.ne(scene.Legend.IgnoreIndex).any();
        return known.item<bool>()
            ? new TileDataset(scene, _blocks, split, new TileOptions { Size = size, Context = true }, Statistics) : null;
    }

    // The scene without the pixels that are held out for the test.
    private SceneArrays Visible()
    {
        SceneArrays all = SceneArrays.Of(scene);
        bool[] known = all.Known ?? [.. Enumerable.Repeat(true, all.Pixels)];
        foreach (Window w in _blocks.Blocks(Split.Test))
        {
            for (int y = w.Y; y < w.Y + w.Height; y++) known.AsSpan(y * all.Width + w.X, w.Width).Clear();
        }

        return all with { Known = known };
    }

    // All that the weights depend on but the program itself, whose version stands first.
    private string Source(PretrainingRecipe pretraining, SceneArrays[] images) => string.Join('\n',
    [
        typeof(SceneExperiment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        $"{recipe.Model}, {scene.Bands} bands, seed {recipe.Training.Seed}, {get_num_threads()} threads",
        .. images.Select(image => $"{image.Name} "
            + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(image.Image.AsSpan()))) + " "
            + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes((image.Known ?? []).AsSpan())))),
        RecordYaml.Write(pretraining),
    ]);

    /// <summary>Trains a model on the training blocks, choosing the best checkpoint on the validation blocks.</summary>
    /// <param name="model">Trained in place.</param>
    /// <param name="run">Where everything is kept, the recipe too; null keeps nothing.</param>
    /// <param name="observer">Is told how it goes; may be null.</param>
    /// <param name="stop">Ends the run after the current iteration.</param>
    /// <param name="ranks">The processes that train it together; null trains it in this one.</param>
    public TrainingResult Train(
        Segmenter model, RunFolder? run = null, ITrainingObserver? observer = null, CancellationToken stop = default, Ranks? ranks = null)
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
                Statistics, recipe.Labels);
        using var validation = new TileDataset(scene, _blocks, Split.Validation,
            new TileOptions { Size = recipe.WindowSize, Context = true }, Statistics);
        return new Trainer(model, options, Card, run, observer, ranks).Fit(training, validation, stop);
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
