namespace SegLstm.Metrics;

/// <summary>
/// The scores as G-RSIM's evaluation script defines them, for comparison with GLCNet's published tables. Every denominator has
/// 1e-8 added. What the script prints as "Class Acc" is <see cref="ClassAccuracy"/>, elsewhere called precision, and its "Mean
/// Acc" is the mean of that, <see cref="MeanAccuracy"/>: not the average accuracy of <see cref="Scores"/>, which is a mean of
/// recalls.
/// </summary>
/// <param name="matrix">
/// The counts over all classes of the labels: the script leaves none out, so that of Potsdam its class 0, which no pixel should
/// have, is one of seven in every mean and in kappa.
/// </param>
/// <remarks>
/// GeoX-Lab/G-RSIM, T-SS-GLCNet/evalute.py, get_scores. The script's "IoU" is not here, as it does not follow from one matrix:
/// it is averaged image by image, absent classes counting 0, and is not to be compared with <see cref="Scores.MeanIoU"/>.
/// </remarks>
public sealed class GrsimScores(ConfusionMatrix matrix)
{
    private const double Epsilon = 1e-8;

    private readonly int[] classes = [.. Enumerable.Range(0, matrix.Classes)];

    /// <summary>Share of the pixels that are right.</summary>
    public double OverallAccuracy => classes.Sum(matrix.Hits) / (matrix.Total + Epsilon);

    /// <summary>The script's "Class Acc": precision of each class; 0 where nothing is predicted as it.</summary>
    public IReadOnlyList<double> ClassAccuracy => [.. classes.Select(c => matrix.Hits(c) / (matrix.Predictions(c) + Epsilon))];

    /// <summary>Recall of each class; 0 where it is not labelled.</summary>
    public IReadOnlyList<double> Recall => [.. classes.Select(c => matrix.Hits(c) / (matrix.Labels(c) + Epsilon))];

    /// <summary>F1 of each class; NaN where it is never hit.</summary>
    public IReadOnlyList<double> F1 => [.. ClassAccuracy.Zip(Recall, (precision, recall) => 2 * precision * recall / (recall + precision))];

    /// <summary>The script's "Mean Acc": mean of <see cref="ClassAccuracy"/> over all classes, those that never occur as
    /// 0.</summary>
    public double MeanAccuracy => ClassAccuracy.Average();

    /// <summary>Cohen's kappa; 0 where chance alone explains everything.</summary>
    public double Kappa
    {
        get
        {
            double total = matrix.Total;
            var chance = classes.Sum(c => (double)matrix.Predictions(c) * matrix.Labels(c));
            return ((total * classes.Sum(matrix.Hits)) - chance) / ((total * total) - chance + Epsilon);
        }
    }
}
