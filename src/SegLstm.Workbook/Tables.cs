using System.Globalization;
using SegLstm.Data;
using SegLstm.Metrics;

namespace SegLstm.Workbook;

/// <summary>Makes tables of scores and of confusion.</summary>
public static class Tables
{
    /// <summary>The scores of each class and of all, in percent; an undefined one, of a class that never occurs, is a dash.</summary>
    /// <param name="matrix">Counts of pixels.</param>
    /// <param name="legend">Class names; null for numbers.</param>
    /// <param name="title">What stands above it.</param>
    /// <exception cref="ArgumentException">The legend has another number of classes.</exception>
    public static Table Scores(ConfusionMatrix matrix, ClassLegend? legend = null, string title = "Scores")
    {
        var names = ConfusionTable.NamesOf(matrix, legend);
        Scores scores = matrix.Scores;
        var table = new Table("class", "share of pixels (%)", "IoU (%)", "F1 (%)", "precision (%)", "recall (%)")
            .Titled(string.Create(CultureInfo.InvariantCulture, $"{title}, {matrix.Total:N0} pixels"));
        for (int c = 0; c < names.Count; c++)
        {
            table.Row(names[c], Percent(matrix.Total == 0 ? double.NaN : (double)matrix.Labels(c) / matrix.Total), Percent(scores.PerClassIoU[c]),
                Percent(scores.PerClassF1[c]), Percent(scores.PerClassPrecision[c]), Percent(scores.PerClassRecall[c]));
        }

        table.Row("mean", null, Percent(scores.MeanIoU), Percent(scores.MeanF1), Percent(scores.MeanPrecision), Percent(scores.AverageAccuracy));
        return table.Noted(string.Create(CultureInfo.InvariantCulture,
            $"Overall accuracy {Percent(scores.OverallAccuracy)} %, Cohen's kappa {scores.Kappa:0.000}."));
    }

    /// <summary>Which class was taken for which: each row a true class, each cell its share in percent and the pixels.</summary>
    /// <param name="matrix">Counts of pixels.</param>
    /// <param name="legend">Class names; null for numbers.</param>
    /// <param name="title">What stands above it.</param>
    /// <exception cref="ArgumentException">The legend has another number of classes.</exception>
    public static ConfusionTable Confusion(ConfusionMatrix matrix, ClassLegend? legend = null, string title = "Confusion matrix") =>
        new(matrix, ConfusionTable.NamesOf(matrix, legend), title);

    private static Percentage Percent(double share) => new(share);
}
