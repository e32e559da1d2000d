using System.Globalization;
using SegLstm.Metrics;

namespace SegLstm.Workbook.Formatters;

/// <summary>The scores of each class and of all, as a table in percent.</summary>
internal static class ScoresTable
{
    /// <summary>Makes the table.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="names">Class names; null for numbers.</param>
    /// <param name="shares">The part of the pixels that each class has, as fractions of 1; null for no such column.</param>
    internal static Table Of(Scores scores, IReadOnlyList<string>? names = null, double[]? shares = null)
    {
        string[] share = shares is null ? [] : ["share of pixels (%)"];
        var table = new Table(["class", .. share, "IoU (%)", "F1 (Dice, %)", "precision (%)", "recall (%)"]).Titled("Scores");
        for (int c = 0; c < scores.PerClassIoU.Count; c++)
        {
            object[] part = shares is null ? [] : [new Percentage(shares[c])];
            table.Row([names?[c] ?? $"class {c}", .. part,
                .. Percent(scores.PerClassIoU[c], scores.PerClassDice[c], scores.PerClassPrecision[c], scores.PerClassRecall[c])]);
        }

        // F1 is undefined where a class is never hit, and a mean over the rest would flatter; Dice counts it as 0.
        object?[] all = shares is null ? [] : [null];
        table.Row(["mean", .. all, .. Percent(scores.MeanIoU, scores.MeanDice, scores.MeanPrecision, scores.AverageAccuracy)]);
        return table.Noted(string.Create(CultureInfo.InvariantCulture,
            $"Overall accuracy {new Percentage(scores.OverallAccuracy)} %, Cohen's kappa {scores.Kappa:0.000}."));
    }

    private static IEnumerable<object> Percent(params double[] values) => values.Select(v => (object)new Percentage(v));
}
