using SegLstm.Checkpoints;
using SegLstm.Data;
using SegLstm.Data.Classification;
using SegLstm.Models.VisionLstm;
using SegLstm.Training;
using SegLstm.Training.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments.Classification;

/// <summary>Learning to classify whole images: pictures in files, or tiles of a scene.</summary>
/// <param name="data">The images; not disposed here.</param>
/// <param name="recipe">How to begin, vary, train and measure; <see cref="SceneRecipe.WindowSize"/> is the images' side.</param>
public sealed class ImageExperiment(ClassificationData data, SceneRecipe recipe)
{
    private const string Head = "head.";

    private readonly ClassificationRecipe _how = recipe.Classification ?? new();

    /// <summary>The images.</summary>
    public ClassificationData Data => data;

    /// <summary>What checkpoints of this experiment say of their model.</summary>
    public ModelCard Card => new()
    {
        Model = recipe.Model,
        Task = ModelTask.Classification,
        ImageSize = recipe.WindowSize,
        Bands = data.Bands,
        DisplayBands = data.DisplayBands,
        Mean = data.Statistics.Mean,
        Std = data.Statistics.Std,
        ClassNames = data.ClassNames,
        Palette = [.. data.ClassNames.Select((_, label) => ClassColors.Of(label).ToString())],
        // 255 is a class here.
        IgnoreIndex = MajorityTiles.Unlabelled,
        Dataset = data.Name,
        Split = data is SceneTileData ? recipe.Split : null,
        Seed = recipe.Training.Seed,
    };

    /// <summary>A model with the initial weights that the recipe's seed gives, or those that it begins with.</summary>
    /// <exception cref="ArgumentException">There is no such classifier, or the images' side does not fit it.</exception>
    /// <exception cref="StateDictException">The weights are of another model.</exception>
    /// <exception cref="IOException">The weights cannot be read.</exception>
    public VisionLSTM2 CreateModel()
    {
        manual_seed(new SeedStreams(recipe.Training.Seed)["init"]);
        VisionLSTM2 model = VilClassifiers.Create(recipe.Model, data.ClassNames.Count, data.Bands.Count, recipe.WindowSize);
        try
        {
            if (_how.Weights is { } path) Begin(model, path);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Trains a model; the best checkpoint is the one with the highest accuracy on what validates, or the last.</summary>
    /// <param name="model">Trained in place.</param>
    /// <param name="run">Where everything is kept, the recipe too; null keeps nothing.</param>
    /// <param name="observer">Is told how it goes; may be null.</param>
    /// <param name="stop">Ends the run after the current iteration.</param>
    /// <param name="ranks">The processes that train it together, each with its rows of every batch; null trains it in this one.</param>
    /// <exception cref="ArgumentException">The recipe cannot be used, or is not that of the run that is resumed.</exception>
    /// <exception cref="IOException">A file is missing, damaged or not writable.</exception>
    public TrainingResult Train(
        VisionLSTM2 model, RunFolder? run = null, ITrainingObserver? observer = null, CancellationToken stop = default, Ranks? ranks = null)
    {
        string[] faults = [.. recipe.Validate(), .. Unused()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));
        if (run is not null) KeptRecipe.Keep(run, recipe, "classification", made => made.Classification ?? new());
        using utils.data.Dataset training = data.Of(Split.Train) ?? throw new ArgumentException($"{data.Name} has no training images.");
        using utils.data.Dataset? validation = data.Counts(Split.Validation).Sum() > 0 ? data.Of(Split.Validation) : null;
        return new Trainer(model, recipe.Training, Card, run, observer, ranks).Fit(training, validation, stop);
    }

    /// <summary>Counts what a model gets right on a split.</summary>
    /// <param name="model">Normalised images to logits.</param>
    /// <param name="split">The split, such as <see cref="ClassificationData.Reported"/>.</param>
    /// <param name="progress">Is told how many of how many images are done.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="ArgumentException">The split has no images.</exception>
    public ImageScore Score(
        nn.Module<Tensor, Tensor> model, Split split, Action<long, long>? progress = null, CancellationToken stop = default)
    {
        using utils.data.Dataset images = data.Of(split) ?? throw new ArgumentException($"{data.Name} has no images of {split}.");
        return ImageScorer.Of(model, images, Card, progress, stop);
    }

    /// <summary>
    /// The most frequent class of the training images, and the share of a split's images that have it: the least to beat.
    /// </summary>
    public (string Name, double Share) Majority(Split split)
    {
        long[] learnt = [.. data.Counts(Split.Train)];
        int most = Array.IndexOf(learnt, learnt.Max());
        IReadOnlyList<long> asked = data.Counts(split);
        return (data.ClassNames[most], (double)asked[most] / Math.Max(1, asked.Sum()));
    }

    private static void Begin(VisionLSTM2 model, string path)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> all = model.Fit(Checkpoint.Load(path)), own = model.state_dict();
        bool isOther = all.Any(entry => entry.Key.StartsWith(Head, StringComparison.Ordinal)
            && !(own.TryGetValue(entry.Key, out Tensor? wanted) && wanted.shape.SequenceEqual(entry.Value.shape)));
        // Other classes need another head, which begins at the uniform guess.
        foreach (string name in own.Keys.Where(name => isOther && name.StartsWith(Head, StringComparison.Ordinal))) all[name] = own[name];
        model.load_state_dict(all);
    }

    private IEnumerable<string> Unused()
    {
        if (recipe.Pretraining is not null) yield return "Pretraining is for segmentation: expected null, or Classification.Weights.";
        if (recipe.Labels is not null) yield return "LabelFraction is for segmentation: expected 1.";
        if (recipe.Words is not null) yield return "Words are for segmentation: expected null.";
        if (recipe.Collection is not null) yield return "Collection is for segmentation: expected null.";
        if (data is SceneTileData && _how.Augmentation is not null)
            yield return "Classification.Augmentation is for pictures in files: expected null for tiles of a scene.";
    }
}
