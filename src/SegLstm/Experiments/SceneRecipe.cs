using System.Text.Json.Serialization;
using SegLstm.Data;
using SegLstm.Experiments.Classification;
using SegLstm.Training;

namespace SegLstm.Experiments;

/// <summary>Everything that a run on one labelled scene, or on a collection of images, depends on, the data itself apart.</summary>
public sealed record SceneRecipe
{
    /// <summary>The file of a run's folder that holds its recipe, as <see cref="Records.RecordYaml"/> writes it.</summary>
    public const string FileName = "recipe.yaml";

    /// <summary>Name in <see cref="Models.Catalog"/>, with <see cref="Words"/> also in <see cref="Models.LSeg.LSegModels"/>, or what to
    /// call a model that is made elsewhere.</summary>
    public required string Model { get; init; }

    /// <summary>Side in pixels of the crops trained on, and of the windows that the scene is mapped in.</summary>
    public int WindowSize { get; init; } = 32;

    /// <summary>Pixels that neighbouring windows share when the scene is mapped.</summary>
    public int Overlap { get; init; } = 16;

    /// <summary>Who gets which pixel: blocks of 44 pixels, of which 5 in 32 validate and a quarter is held out.</summary>
    public BlockSplit Split { get; init; } = new(44, 10 / 64.0, 16 / 64.0, Seed: 0);

    /// <summary>The share of the training labels that is learnt from, above 0 up to 1: 0.01 for 1 %.</summary>
    public double LabelFraction { get; init; } = 1;

    /// <summary>
    /// Whether whole blocks are drawn, as in papers on pretraining, or single pixels of each class, which is by far easier.
    /// </summary>
    public LabelFractionUnit LabelFractionUnit { get; init; }

    /// <summary>Says which labels are drawn; kept apart from the run's seed.</summary>
    public long LabelFractionSeed { get; init; }

    /// <summary>What its encoder learns before, from images without labels; null begins with random weights.</summary>
    public PretrainingRecipe? Pretraining { get; init; }

    /// <summary>The words that pixels are compared with in place of a classifier; null has a classifier.</summary>
    public WordsRecipe? Words { get; init; }

    /// <summary>
    /// How images of a collection are cut, varied and measured (<see cref="CollectionExperiment"/>); null for the defaults. A collection
    /// has
    /// splits of its own, a scene has <see cref="Split"/>; a scene's tiles are cut and turned in one way only.
    /// </summary>
    public CollectionRecipe? Collection { get; init; }

    /// <summary>
    /// How whole images are classified (<see cref="ImageExperiment"/>); null segments them. <see cref="Model"/> is then one of
    /// <see cref="Models.VisionLstm.VilClassifiers"/>.
    /// </summary>
    public ClassificationRecipe? Classification { get; init; }

    /// <summary>How the model is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>The part of the training labels that is learnt from; null for all.</summary>
    [JsonIgnore]
    public LabelFraction? Labels => LabelFraction == 1 ? null : new(LabelFraction, LabelFractionUnit, LabelFractionSeed);

    /// <summary>Everything that is wrong with this recipe, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (WindowSize < 1) yield return $"WindowSize is {WindowSize}: expected at least 1.";
        if (Overlap < 0 || Overlap >= Math.Max(1, WindowSize))
        {
            yield return $"Overlap is {Overlap}: expected 0 to {WindowSize - 1}, less than the window.";
        }
        if (Split.BlockSize < 1) yield return $"Split.BlockSize is {Split.BlockSize}: expected at least 1.";
        if (Split is not { Validation: >= 0, Test: >= 0 } || !(Split.Validation + Split.Test < 1))
        {
            yield return $"Split.Validation is {Split.Validation} and Split.Test is {Split.Test}: expected 0 or more, together "
                + "less than 1, as the rest trains.";
        }
        if (LabelFraction is not (> 0 and <= 1)) yield return $"LabelFraction is {LabelFraction}: expected above 0 up to 1.";
        foreach (string fault in Pretraining?.Validate() ?? []) yield return $"Pretraining.{fault}";
        foreach (string fault in Words?.Validate() ?? []) yield return $"Words.{fault}";
        foreach (string fault in Collection?.Validate() ?? []) yield return $"Collection.{fault}";
        foreach (string fault in Classification?.Validate() ?? []) yield return $"Classification.{fault}";
        foreach (string fault in Training.Validate()) yield return fault;
    }
}
