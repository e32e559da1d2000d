namespace SegLstm.Data.Augmentation;

/// <summary>
/// How training images are varied, in mmsegmentation's meaning and order: random resize, random crop with a limit on the largest
/// class, horizontal flip, photometric distortion. The defaults are the recipes' of Seg-LSTM, ViL and most others on these data.
/// </summary>
/// <remarks>mmsegmentation: RandomResize with keep_ratio, RandomCrop, RandomFlip, PhotoMetricDistortion with their usual numbers.</remarks>
public sealed record AugmentationOptions
{
    /// <summary>
    /// The longer edge, in pixels, that an image has at ratio 1, unless <see cref="ShortEdge"/> binds; 0 for its own size.
    /// </summary>
    public int LongEdge { get; init; }

    /// <summary>
    /// The shorter edge, in pixels, that an image has at ratio 1, unless <see cref="LongEdge"/> binds; 0 for its own size.
    /// </summary>
    public int ShortEdge { get; init; }

    /// <summary>The least ratio by which that size is multiplied; even draws between both.</summary>
    public double LeastRatio { get; init; } = 0.5;

    /// <summary>The greatest ratio; both 1 for no resizing.</summary>
    public double GreatestRatio { get; init; } = 2;

    /// <summary>
    /// The largest class must cover less than this share of a crop's labelled pixels, and another class must occur; after ten crops
    /// that do not, the eleventh is taken. 1 takes the first.
    /// </summary>
    public double CategoryLimit { get; init; } = 0.75;

    /// <summary>How often left and right change places, 0 to 1.</summary>
    public double Flip { get; init; } = 0.5;

    /// <summary>Whether brightness, contrast, saturation and hue are varied.</summary>
    public bool Photometric { get; init; } = true;

    /// <summary>Colour jitter, after photometric distortion where both are asked for; null for none.</summary>
    public ColorJitter? Jitter { get; init; }

    /// <summary>Crops at random places and nothing else.</summary>
    public static AugmentationOptions None { get; } =
        new() { LeastRatio = 1, GreatestRatio = 1, CategoryLimit = 1, Flip = 0, Photometric = false };

    /// <summary>Everything that is wrong with these options, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (LongEdge < ShortEdge || ShortEdge < 0 || LongEdge > 0 != ShortEdge > 0)
            yield return $"LongEdge is {LongEdge} and ShortEdge {ShortEdge}: expected both 0, or both positive and the longer not "
                + $"the shorter.";
        if (LeastRatio is not (>= 0.01 and <= 100) || GreatestRatio is not (>= 0.01 and <= 100) || GreatestRatio < LeastRatio)
            yield return $"LeastRatio is {LeastRatio} and GreatestRatio {GreatestRatio}: expected 0.01 to 100, the least not above "
                + $"the greatest.";
        if (CategoryLimit is not (> 0 and <= 1)) yield return $"CategoryLimit is {CategoryLimit}: expected above 0 up to 1.";
        if (Flip is not (>= 0 and <= 1)) yield return $"Flip is {Flip}: expected 0 to 1.";
        foreach (string fault in Jitter?.Validate() ?? []) yield return $"Jitter.{fault}";
    }

    /// <summary>The size of an image at a ratio: as large as both edges allow, its shape kept (mmcv's imrescale).</summary>
    internal (int Height, int Width) Scaled(int height, int width, double ratio)
    {
        // The edges are whole pixels before the image is fitted to them.
        double factor = LongEdge == 0 ? ratio : Math.Min(
            (double)(int)(LongEdge * ratio) / Math.Max(height, width), (double)(int)(ShortEdge * ratio) / Math.Min(height, width));
        return (Math.Max(1, (int)(height * factor + 0.5)), Math.Max(1, (int)(width * factor + 0.5)));
    }
}
