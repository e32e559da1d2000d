using MathNet.Numerics.Statistics;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Figures;

/// <summary>Scores over the share of the labels that was learnt from: means over seeds, with a band of one deviation.</summary>
public static class LabelCurveFigure
{
    /// <summary>Draws the curves of some methods.</summary>
    /// <param name="curves">At least one.</param>
    /// <param name="score">What is reached, such as "mIoU on held-out blocks".</param>
    /// <param name="unit">Its unit, such as "%".</param>
    /// <param name="title">What is shown.</param>
    /// <exception cref="ArgumentException">No curve, shares that are out of range or do not rise, or one without a finite
    /// score.</exception>
    public static Figure Of(IReadOnlyList<LabelCurve> curves, string score, string unit, string title)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Count == 0) throw new ArgumentException("There is no curve: expected at least one.", nameof(curves));
        var figure = new Figure(title).XAxis("labels learnt from", "% of the training labels", AxisScale.Log)
            .YAxis($"{score}, mean ± deviation", unit);
        foreach (LabelCurve curve in curves)
        {
            Check(curve);
            double[] shares = [.. curve.Points.Select(point => 100 * point.Share)];
            double[] means = [.. curve.Points.Select(point => point.Scores.Mean())];
            // One seed has no deviation.
            double[] deviations = [.. curve.Points.Select(point => point.Scores.Count > 1 ? point.Scores.StandardDeviation() : 0)];
            int[] seeds = [curve.Points.Min(point => point.Scores.Count), curve.Points.Max(point => point.Scores.Count)];
            figure.Line(
                shares, means, $"{curve.Name} ({(seeds[0] == seeds[1] ? seeds[0] : $"{seeds[0]} to {seeds[1]}")} {(seeds[1] == 1 ? "seed" : "seeds")})",
                markers: true);
            if (seeds[1] > 1)
                figure.Band(shares, means.Zip(deviations, (m, d) => m - d).ToArray(), means.Zip(deviations, (m, d) => m + d).ToArray());
        }

        return figure;
    }

    private static void Check(LabelCurve curve)
    {
        for (int i = 0; i < curve.Points.Count; i++)
        {
            var (share, scores) = curve.Points[i];
            if (share is not (> 0 and <= 1) || (i > 0 && !(share > curve.Points[i - 1].Share)))
            {
                throw new ArgumentException(
                    $"'{curve.Name}' has the share {share}: expected above 0 up to 1, each greater than the one before.");
            }

            if (scores.Count == 0 || !scores.All(double.IsFinite))
                throw new ArgumentException($"'{curve.Name}' has at share {share} no score, or one that is not finite.");
        }

        if (curve.Points.Count == 0) throw new ArgumentException($"'{curve.Name}' has no point: expected at least one share.");
    }
}
