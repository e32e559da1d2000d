using SegLstm.Data.Augmentation;

namespace SegLstm.Data.Benchmarks;

/// <summary>How training crops are cut from a collection's images.</summary>
public sealed record CropOptions
{
    /// <summary>Rows and columns of a crop.</summary>
    public required int Size { get; init; }

    /// <summary>
    /// Rows and columns of the windows that images are cut into first, as mmsegmentation's converters do: they step by their size, the
    /// last of a row or column is pulled back to the edge, and each gives one crop an epoch. 0 takes images whole.
    /// </summary>
    public int Patch { get; init; }

    /// <summary>How each is varied.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>The seed; item i of epoch e is the same whenever and wherever it is asked for.</summary>
    public long Seed { get; init; }

    /// <summary>Everything that is wrong with these options, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Size < 1) yield return $"Size is {Size}: expected at least 1.";
        if (Patch < 0) yield return $"Patch is {Patch}: expected at least 1, or 0 for whole images.";
        foreach (string fault in Augmentation.Validate()) yield return $"Augmentation.{fault}";
    }
}
