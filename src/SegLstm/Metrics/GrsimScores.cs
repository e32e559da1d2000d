namespace SegLstm.Metrics;

/// <summary>
/// The scores as G-RSIM's evaluation script defines them, for comparison with GLCNet's published tables. Every denominator has
/// 1e-8 added, and <see cref="ClassAccuracy"/> is what is elsewhere called precision, so <see cref="MeanAccuracy"/> is not
/// the average accuracy of <see cref="Scores"/>.
/// </summary>
/// <param name="matrix">The counts.</param>
/// <remarks>GeoX-Lab/G-RSIM, T-SS-GLCNet/evalute.py, get_scores.</remarks>
public sealed class GrsimScores(ConfusionMatrix matrix)
{
    private const double Epsilon = 1e-8;

    private readonly int[] classes = [.. Enumerable.Range(0, matrix.Classes)];

    /// <summary>Share of the pixels that are right.</summary>
    public double OverallAccuracy => classes.Sum(matrix.Hits) / (matrix.Total + Epsilon);

    /// <summary>Precision of each class; 0 where nothing is predicted as it.</summary>
    public IReadOnlyList<double> ClassAccuracy => [.. classes.Select(c => matrix.Hits(c) / (matrix.Predictions(c) + Epsilon))];

    /// <summary>Recall of each class; 0 where it is not labelled.</summary>
    public IReadOnlyList<double> Recall => [.. classes.Select(c => matrix.Hits(c) / (matrix.Labels(c) + Epsilon))];

    /// <summary>F1 of each class; NaN where it is never hit.</summary>
    public IReadOnlyList<double> F1 => [.. ClassAccuracy.Zip(Recall, (precision, recall) => 2 * precision * recall / (recall + precision))];

    /// <summary>Mean of <see cref="ClassAccuracy"/> over all classes.</summary>
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
