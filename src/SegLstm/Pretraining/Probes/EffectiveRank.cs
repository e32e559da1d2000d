using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>
/// How many directions features really use: exp of the entropy of their singular values over the sum of these. Features that all
/// point the same way have 1; such that spread evenly over r orthogonal directions have r.
/// </summary>
/// <remarks>
/// O. Roy, M. Vetterli: The Effective Rank (2007); as a measure of pretraining RankMe, Q. Garrido et al. (2023), which does not
/// subtract the mean.
/// </remarks>
public static class EffectiveRank
{
    /// <summary>Measures features.</summary>
    /// <param name="features">(N, D).</param>
    /// <param name="centred">
    /// Whether the mean is subtracted first. Without, features with a large common part look poorer than they are; with, those
    /// that are all alike have no direction left, and 0.
    /// </param>
    /// <returns>1 to min(N, D); 0 where all are 0.</returns>
    /// <exception cref="ArgumentException">Another shape or type, or values that are not finite.</exception>
    public static double Of(Tensor features, bool centred = false)
    {
        FeatureRows rows = FeatureRows.Of(features, nameof(features));
        if (!centred) return Of(rows);
        return rows.AreAlike() ? 0 : Of(rows.Centred());
    }

    internal static double Of(FeatureRows rows)
    {
        using var scope = NewDisposeScope();
        using var accessor = linalg.svdvals(rows.ToTensor()).data<double>();
        double[] values = accessor.ToArray();
        // Rounding errors are no directions.
        double noise = values.Max() * Math.Max(rows.Count, rows.Width) * 2.3e-16;
        double sum = values.Where(v => v > noise).Sum();
        return sum == 0 ? 0 : Math.Exp(-values.Where(v => v > noise).Sum(v => v / sum * Math.Log(v / sum)));
    }
}
