namespace SegLstm.Metrics;

/// <summary>
/// The scores of a segmentation, as fractions of 1, by the rules of mmsegmentation's IoUMetric: a score of the form 0/0 is NaN,
/// and a mean over classes leaves NaN out, so a class that never occurs does not count.
/// </summary>
/// <remarks>
/// With hits h, pixels labelled l, pixels predicted p of a class: IoU = h/(l+p-h), recall = h/l, precision = h/p,
/// Dice = 2h/(l+p), F1 = 2·precision·recall/(precision+recall). F1 equals Dice except for a class that occurs and is predicted
/// but never hit: Dice 0, F1 0/0, so mean F1 leaves the class out where mean Dice counts it.
/// </remarks>
public sealed class Scores
{
    internal Scores(ConfusionMatrix matrix)
    {
        var classes = Enumerable.Range(0, matrix.Classes).ToArray();
        var hits = Array.ConvertAll(classes, c => (double)matrix.Hits(c));
        var labels = Array.ConvertAll(classes, c => (double)matrix.Labels(c));
        var predictions = Array.ConvertAll(classes, c => (double)matrix.Predictions(c));
        var total = labels.Sum();

        var iou = Array.ConvertAll(classes, c => hits[c] / (labels[c] + predictions[c] - hits[c]));
        var precision = Array.ConvertAll(classes, c => hits[c] / predictions[c]);
        var recall = Array.ConvertAll(classes, c => hits[c] / labels[c]);
        PerClassIoU = iou;
        PerClassPrecision = precision;
        PerClassRecall = recall;
        PerClassDice = Array.ConvertAll(classes, c => 2 * hits[c] / (labels[c] + predictions[c]));
        PerClassF1 = Array.ConvertAll(classes, c => 2 * precision[c] * recall[c] / (precision[c] + recall[c]));
        OverallAccuracy = hits.Sum() / total;
        FrequencyWeightedIoU = total == 0 ? double.NaN : classes.Where(c => labels[c] > 0).Sum(c => labels[c] / total * iou[c]);

        // Agreement by chance, in doubles: the products of pixel counts of a large scene overflow 64 bits.
        var chance = classes.Sum(c => labels[c] / total * (predictions[c] / total));
        Kappa = (OverallAccuracy - chance) / (1 - chance);
    }

    /// <summary>Share of the pixels that are right (OA, mmsegmentation's aAcc).</summary>
    public double OverallAccuracy { get; }

    /// <summary>Intersection over union of each class; NaN where a class is neither labelled nor predicted.</summary>
    public IReadOnlyList<double> PerClassIoU { get; }

    /// <summary>Share of each class's predicted pixels that are right (user's accuracy); NaN where nothing is predicted as it.</summary>
    public IReadOnlyList<double> PerClassPrecision { get; }

    /// <summary>Share of each class's labelled pixels that are found (producer's accuracy); NaN where the class is not labelled.</summary>
    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>Dice coefficient of each class; NaN where a class is neither labelled nor predicted, 0 where it is never hit.</summary>
    public IReadOnlyList<double> PerClassDice { get; }

    /// <summary>Harmonic mean of precision and recall of each class; NaN where either is NaN or both are 0.</summary>
    public IReadOnlyList<double> PerClassF1 { get; }

    /// <summary>Mean of <see cref="PerClassIoU"/> over the classes where it is defined.</summary>
    public double MeanIoU => Mean(PerClassIoU);

    /// <summary>Mean of <see cref="PerClassPrecision"/> over the classes where it is defined.</summary>
    public double MeanPrecision => Mean(PerClassPrecision);

    /// <summary>Mean of <see cref="PerClassRecall"/> over the labelled classes (AA, mmsegmentation's mAcc).</summary>
    public double AverageAccuracy => Mean(PerClassRecall);

    /// <summary>Mean of <see cref="PerClassDice"/> over the classes where it is defined.</summary>
    public double MeanDice => Mean(PerClassDice);

    /// <summary>Mean of <see cref="PerClassF1"/> over the classes where it is defined.</summary>
    public double MeanF1 => Mean(PerClassF1);

    /// <summary>IoU of the labelled classes, weighted by their share of the pixels.</summary>
    public double FrequencyWeightedIoU { get; }

    /// <summary>Cohen's kappa: agreement beyond chance; NaN where chance alone explains everything (one class only).</summary>
    public double Kappa { get; }

    private static double Mean(IReadOnlyList<double> scores) =>
        scores.Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();
}
