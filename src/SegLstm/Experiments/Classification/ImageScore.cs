using SegLstm.Metrics;

namespace SegLstm.Experiments.Classification;

/// <summary>What a classifier of whole images gets right.</summary>
/// <param name="Matrix">Images by true class and first guess.</param>
/// <param name="AmongFive">Images whose class is among the five likeliest (all, where there are fewer).</param>
/// <param name="ImagesPerSecond">Images that the model alone takes a second, here and now, reading apart.</param>
public sealed record ImageScore(ConfusionMatrix Matrix, long AmongFive, double ImagesPerSecond)
{
    /// <summary>Share of the images that the first guess is right for.</summary>
    public double Top1 => Matrix.Scores.OverallAccuracy;

    /// <summary>Share of the images whose class is among the five likeliest.</summary>
    public double Top5 => (double)AmongFive / Matrix.Total;
}
