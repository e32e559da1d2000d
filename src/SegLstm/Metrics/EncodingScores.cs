namespace SegLstm.Metrics;

/// <summary>
/// The two scores of PyTorch-Encoding's SegmentationMetric, which LSeg reports: the mean IoU is taken over <b>all</b> classes,
/// and one that never occurs counts as 0. Elsewhere such a class is left out (<see cref="Scores"/>).
/// </summary>
/// <param name="matrix">The counts; that tool ignores label -1.</param>
public sealed class EncodingScores(ConfusionMatrix matrix)
{
    // The tool adds the spacing of 1 to every denominator instead of testing for 0.
    private const double Spacing = 2.220446049250313e-16;

    /// <summary>Share of the labelled pixels that are right; 0 where there are none.</summary>
    public double PixelAccuracy { get; } = Enumerable.Range(0, matrix.Classes).Sum(matrix.Hits) / (Spacing + matrix.Total);

    /// <summary>Pixels of each class that are right.</summary>
    public IReadOnlyList<long> Intersection { get; } = [.. Enumerable.Range(0, matrix.Classes).Select(matrix.Hits)];

    /// <summary>Pixels of each class that are labelled or predicted as it.</summary>
    public IReadOnlyList<long> Union { get; } = [.. Enumerable.Range(0, matrix.Classes).Select(c => matrix.Labels(c) + matrix.Predictions(c) - matrix.Hits(c))];

    /// <summary>Mean over all classes of intersection over union.</summary>
    public double MeanIoU => Intersection.Zip(Union, (intersection, union) => intersection / (Spacing + union)).Average();
}
