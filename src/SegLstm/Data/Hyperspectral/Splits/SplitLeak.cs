namespace SegLstm.Data.Hyperspectral.Splits;

/// <summary>How much of what is scored a model has already seen in its training windows.</summary>
/// <param name="WindowSize">Pixels on a window's side.</param>
/// <param name="SeenShare">The share of test pixels that lie within a training pixel's window themselves.</param>
/// <param name="OverlapShare">The share of test pixels whose window shares a pixel with a training window.</param>
/// <param name="NearestLeast">The least distance of a test pixel to a training pixel, in pixels: the greater of rows and columns.</param>
/// <param name="NearestMedian">The median of these distances.</param>
/// <param name="NearestMean">Their mean.</param>
public sealed record SplitLeak(
    int WindowSize, double SeenShare, double OverlapShare, int NearestLeast, int NearestMedian, double NearestMean)
{
    /// <summary>Measures a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="height">Rows of the scene.</param>
    /// <param name="width">Columns of the scene.</param>
    /// <param name="windowSize">Pixels on the side of a model's window, odd; 1 for models of single spectra.</param>
    /// <exception cref="ArgumentException">A part of the split is empty, or the window has no centre.</exception>
    public static SplitLeak Of(PixelSplit split, int height, int width, int windowSize)
    {
        ArgumentNullException.ThrowIfNull(split);
        Windows.Patches.CheckSize(windowSize);
        if (split.Train.Length == 0 || split.Test.Length == 0)
            throw new ArgumentException(
                $"A split of {split.Train.Length} training and {split.Test.Length} test pixels: both are needed to measure between them.");
        int[] distance = PixelDistance.To(split.Train, height, width);
        int[] nearest = Array.ConvertAll(split.Test, pixel => distance[pixel]);
        Array.Sort(nearest);
        return new SplitLeak(
            windowSize, nearest.Count(d => d <= windowSize / 2) / (double)nearest.Length,
            nearest.Count(d => d < windowSize) / (double)nearest.Length,
            nearest[0], nearest[nearest.Length / 2], nearest.Average());
    }
}
