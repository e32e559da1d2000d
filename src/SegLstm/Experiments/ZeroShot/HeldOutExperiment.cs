using SegLstm.Data;
using SegLstm.Language;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>Leaves classes of a scene out of training, and finds them by their words afterwards.</summary>
/// <remarks>
/// <para>Pixels of a class that is left out are ignored in training and validation, and its word is not among those that pixels are
/// compared with. Afterwards all words compete on the blocks that are held out. The yardsticks are guessing
/// (<see cref="HeldOutScore.Chance"/>) and the same training with all classes (<see cref="Seen"/>).</para>
/// <para>The picture of pixels that are ignored is seen all the same, as neighbours of others; so it is in PASCAL-5i.</para>
/// </remarks>
/// <param name="scene">A labelled scene; not disposed here.</param>
/// <param name="recipe">How to split, train and map it; with words.</param>
public sealed class HeldOutExperiment(Scene scene, SceneRecipe recipe)
{
    private readonly WordsRecipe _words = recipe.Words
        ?? throw new ArgumentException("The recipe compares with no words: set SceneRecipe.Words.", nameof(recipe));

    private IReadOnlyList<string> Labels => _words.LabelsFor(scene.Legend.Names);

    /// <summary>Trains without a class, and finds it by its word.</summary>
    /// <param name="held">Its name in the scene's legend.</param>
    /// <param name="observer">Is told how training goes; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="KeyNotFoundException">There is no such class; the message lists all.</exception>
    public HeldOutScore Run(string held, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        int left = scene.Legend.IndexOf(held);
        return Score(left, Found(held, observer, stop), isShown: false);
    }

    /// <summary>What the same training reaches that is shown all classes: the upper bound, class by class.</summary>
    /// <param name="observer">Is told how training goes; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    public IReadOnlyList<HeldOutScore> Seen(ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        var experiment = new SceneExperiment(scene, recipe);
        using Segmenter model = experiment.CreateModel();
        experiment.Train(model, null, observer, stop);
        using Tensor map = experiment.Map(model, stop: stop);
        ConfusionMatrix matrix = experiment.Score(map);
        return [.. Enumerable.Range(0, scene.Legend.Count).Select(c => Score(c, matrix, isShown: true))];
    }

    /// <summary>Trains without a class and returns the model with all words, ready to map.</summary>
    /// <param name="held">Its name in the scene's legend.</param>
    /// <param name="observer">Is told how training goes; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="KeyNotFoundException">There is no such class; the message lists all.</exception>
    public LanguageSegmenter Train(string held, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        int left = scene.Legend.IndexOf(held);
        using Tensor label = Without(left);
        Scene seen = Shown(label, left);
        string[] shown = [.. Labels.Where((_, c) => c != left)];
        var experiment = new SceneExperiment(seen, recipe with { Words = _words with { Labels = shown } });
        Segmenter model = experiment.CreateModel();
        ITextEncoder? encoder = null;
        try
        {
            experiment.Train(model, null, observer, stop);
            encoder = _words.Open();
            var segmenter = new LanguageSegmenter(model, experiment.Card, encoder);
            segmenter.SetLabels(Labels, scene.Legend.Palette);
            return segmenter;
        }
        catch
        {
            model.Dispose();
            encoder?.Dispose();
            throw;
        }
    }

    private HeldOutScore Score(int index, ConfusionMatrix matrix, bool isShown)
    {
        IReadOnlyList<double> iou = matrix.Scores.PerClassIoU;
        double all = Enumerable.Range(0, scene.Legend.Count).Sum(c => (double)matrix.Labels(c));
        double others = iou.Where((value, c) => c != index && !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
        return new HeldOutScore(
            scene.Legend.Names[index], isShown, recipe.Training.Seed, iou[index], others, matrix.Labels(index) / all, scene.Legend.Count);
    }

    private ConfusionMatrix Found(string held, ITrainingObserver? observer, CancellationToken stop)
    {
        using LanguageSegmenter segmenter = Train(held, observer, stop);
        using Tensor map = SceneMap.Predict(scene, segmenter.Model, segmenter.Card, recipe.Overlap, null, stop);
        return new SceneExperiment(scene, recipe).Score(map);
    }

    /// <summary>Labels without a class: its pixels are ignored, and the classes behind it move up.</summary>
    private Tensor Without(int left)
    {
        using var scope = NewDisposeScope();
        Tensor label = scene.Label!, ignored = label.eq(scene.Legend.IgnoreIndex);
        Tensor moved = where(label.gt(left).logical_and(ignored.logical_not()), label - 1, label);
        return moved.masked_fill(label.eq(left), scene.Legend.IgnoreIndex).MoveToOuterDisposeScope();
    }

    /// <summary>The scene with other labels; it shares the picture.</summary>
    private Scene Shown(Tensor label, int left) => new()
    {
        Name = scene.Name,
        Image = scene.Image,
        BandNames = scene.BandNames,
        DisplayBands = scene.DisplayBands,
        Label = label,
        Known = scene.Known,
        Legend = new ClassLegend([.. scene.Legend.Names.Zip(scene.Legend.Palette).Where((_, c) => c != left)]),
        GeoTransform = scene.GeoTransform,
        Projection = scene.Projection,
        Provenance = scene.Provenance,
    };
}
