using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace SegLstm.Experiments.Tables;

/// <summary>Student's t-test of paired samples, two-sided: whether a difference seed by seed is more than luck.</summary>
public static class PairedTest
{
    /// <summary>The fewest pairs that a test is made of.</summary>
    public const int FewestPairs = 2;

    /// <summary>The probability of differences at least as large if the true mean difference were 0.</summary>
    /// <param name="first">Samples.</param>
    /// <param name="second">As many, each of the same seed as its partner.</param>
    /// <returns>
    /// Null where the test says nothing: fewer than <see cref="FewestPairs"/> pairs, or differences that do not vary but for
    /// rounding.
    /// </returns>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    /// <remarks>
    /// t = d sqrt(n) / s with the mean d and the sample deviation s of the n differences, on n - 1 degrees of freedom.
    /// </remarks>
    public static double? PValue(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} and {second.Count} samples: expected pairs.", nameof(second));
        }

        if (first.Count < FewestPairs) return null;
        double[] differences = [.. first.Zip(second, (a, b) => a - b)];
        double mean = differences.Mean(), deviation = differences.StandardDeviation();
        double rounding = 1e-12 * first.Concat(second).Max(Math.Abs);
        if (!(deviation > rounding)) return null;
        double t = mean * Math.Sqrt(differences.Length) / deviation;
        return 2 * StudentT.CDF(0, 1, differences.Length - 1, -Math.Abs(t));
    }
}
