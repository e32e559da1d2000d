using SegLstm.Data.Augmentation;
using SegLstm.Data.Classification;

namespace SegLstm.Experiments.Classification;

/// <summary>How whole images are classified, in place of their pixels.</summary>
public sealed record ClassificationRecipe
{
    /// <summary>
    /// What is classified where nothing else is named: one of <see cref="ImageSource.Kinds"/>, or the name of an installed scene, whose
    /// tiles are.
    /// </summary>
    public string Data { get; init; } = "folders";

    /// <summary>How training pictures in files are varied; null not at all. Tiles of a scene are turned and flipped in any case.</summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>How pictures in files become squares where they are not varied.</summary>
    public ImageFit Fit { get; init; }

    /// <summary>
    /// A checkpoint of the same model to begin with, of this library or the authors'; its head stays behind where classes are others, and
    /// its positions are resized to the images' size. Null begins with random weights.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>VTAB-1K: learns from 800 pictures and is measured on 200, to choose rates by (<see cref="Vtab.Open"/>).</summary>
    public bool Tuning { get; init; }

    /// <summary>Everything that is wrong with this recipe, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Data)) yield return "Data is empty: expected the name of a data set.";
        foreach (string fault in Augmentation?.Validate() ?? []) yield return $"Augmentation.{fault}";
    }
}
