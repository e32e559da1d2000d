using MathNet.Numerics.Statistics;

namespace SegLstm.Experiments.Tables;

/// <summary>A metric of one group of runs, seed by seed.</summary>
/// <param name="BySeed">The values, in the run's own unit.</param>
public sealed record SeedCell(IReadOnlyDictionary<long, double> BySeed)
{
    /// <summary>Mean over the seeds; NaN where there are none.</summary>
    public double Mean => BySeed.Values.Mean();

    /// <summary>Sample standard deviation, with n - 1; null for fewer than two seeds.</summary>
    public double? Deviation => BySeed.Count < 2 ? null : BySeed.Values.StandardDeviation();

    /// <summary>Whether no other group has a better mean.</summary>
    public bool IsBest { get; init; }

    /// <summary>
    /// Two-sided p-value of the paired t-test against the best group, over the seeds that both have; null for the best itself,
    /// and where <see cref="PairedTest.PValue"/> says nothing.
    /// </summary>
    public double? PValue { get; init; }
}
