using SegLstm.Data.Augmentation;

namespace SegLstm.Experiments;

/// <summary>How images of a collection are cut, varied, normalised and measured.</summary>
public sealed record CollectionRecipe
{
    /// <summary>
    /// Side in pixels of the windows that images are cut into before they are varied, one crop of each an epoch, as mmsegmentation's
    /// converters do for large tiles; 0 takes images whole.
    /// </summary>
    public int Patch { get; init; }

    /// <summary>How training images are varied.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>What bands are normalised with.</summary>
    public CollectionNormalization Normalization { get; init; }

    /// <summary>Whether models see validation and test images whole or in windows.</summary>
    public CollectionEvaluation Evaluation { get; init; }

    /// <summary>
    /// The share of the training images that validates, drawn image by image; null for the published validation split, or the labelled test
    /// where there is no such (as mmsegmentation does for the ISPRS sets), or a tenth of the training images where there is neither.
    /// </summary>
    public double? HoldOut { get; init; }

    /// <summary>Everything that is wrong with this recipe, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Patch < 0) yield return $"Patch is {Patch}: expected at least 1, or 0 for whole images.";
        if (HoldOut is not (null or (> 0 and < 1))) yield return $"HoldOut is {HoldOut}: expected above 0 and below 1, or null for "
            + $"the published split.";
        foreach (string fault in Augmentation.Validate()) yield return $"Augmentation.{fault}";
    }
}
