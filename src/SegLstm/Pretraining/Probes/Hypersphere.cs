using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>
/// How well features lie on the unit sphere: whether views of one item are near each other (alignment), and whether items spread
/// over the sphere (uniformity). Contrastive losses lower both; a collapsed model has perfect alignment and the worst
/// uniformity, 0.
/// </summary>
/// <remarks>T. Wang, P. Isola: Understanding Contrastive Representation Learning through Alignment and Uniformity on the
/// Hypersphere (2020). Features are scaled to length 1 here; all sums are in double precision.</remarks>
public static class Hypersphere
{
    /// <summary>Mean over the items of the distance between their two views to the power <paramref name="alpha"/>.</summary>
    /// <param name="first">(N, D), features of one view.</param>
    /// <param name="second">(N, D), features of the other view of the same items.</param>
    /// <param name="alpha">2 in the paper; positive.</param>
    /// <returns>0 (each pair alike) to 2^alpha (opposite).</returns>
    /// <exception cref="ArgumentException">Other shapes, values that are not finite, or a row of zeros.</exception>
    public static double Alignment(Tensor first, Tensor second, double alpha = 2)
    {
        RequirePositive(alpha, nameof(alpha));
        FeatureRows a = FeatureRows.Of(first, nameof(first)).Normalised(nameof(first));
        FeatureRows b = FeatureRows.Of(second, nameof(second)).Normalised(nameof(second));
        if ((a.Count, a.Width) != (b.Count, b.Width))
        {
            throw new ArgumentException(
                $"The views have features ({a.Count}, {a.Width}) and ({b.Count}, {b.Width}): expected the same items and dimensions.");
        }

        double sum = 0;
        for (int i = 0; i < a.Count; i++) sum += Math.Pow(FeatureRows.SquaredDistance(a[i], b[i]), alpha / 2);
        return sum / a.Count;
    }

    /// <summary>log of the mean over all pairs of items of exp(-t d^2), d being their distance.</summary>
    /// <param name="features">(N, D), at least two items.</param>
    /// <param name="t">2 in the paper; positive.</param>
    /// <returns>-4 t (impossible for more than two items) to 0 (all alike); lower is more uniform.</returns>
    /// <exception cref="ArgumentException">Another shape, fewer items, values that are not finite, or a row of zeros.</exception>
    public static double Uniformity(Tensor features, double t = 2)
    {
        RequirePositive(t, nameof(t));
        FeatureRows rows = FeatureRows.Of(features, nameof(features), atLeast: 2).Normalised(nameof(features));
        double[] sums = new double[rows.Count];
        FeatureRows.ForEach(rows.Count, i =>
        {
            for (int j = i + 1; j < rows.Count; j++) sums[i] += Math.Exp(-t * FeatureRows.SquaredDistance(rows[i], rows[j]));
        });
        return Math.Log(sums.Sum() / (rows.Count * (rows.Count - 1.0) / 2));
    }

    private static void RequirePositive(double number, string name)
    {
        if (number is not (> 0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(name, $"{name} is {number}: expected a positive number.");
    }
}
