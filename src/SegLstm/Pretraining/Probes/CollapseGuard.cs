using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>
/// Notices features that have collapsed: all items alike, or all on a few directions. A falling loss does not tell, as methods
/// without negatives reach their least loss that way.
/// </summary>
/// <param name="LeastRank">
/// Effective rank of the features, at length 1 and less their mean, below which they count as collapsed. Features that tell k
/// classes apart have about k - 1 or more.
/// </param>
/// <param name="LeastSpread">
/// Mean deviation of a dimension over the items, for features of length 1, times the root of the number of dimensions: 1 for
/// features that are spread over the sphere, 0 for features that are all alike. Below this they count as collapsed.
/// </param>
public sealed record CollapseGuard(double LeastRank = 2, double LeastSpread = 0.05)
{
    /// <summary>What is wrong with features; null where nothing is.</summary>
    /// <param name="features">(N, D), of at least two different items.</param>
    /// <exception cref="ArgumentException">Another shape or type, fewer items, or values that are not finite.</exception>
    public string? Complaint(Tensor features)
    {
        FeatureRows rows = FeatureRows.Of(features, nameof(features), atLeast: 2);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].IndexOfAnyExcept(0) < 0)
                return $"Collapsed: all features of item {i} are 0. Is the last activation dead, or the learning rate too high?";
        }

        FeatureRows centred = rows.Normalised(nameof(features)).Centred();
        double variance = 0;
        for (int i = 0; i < centred.Count; i++) variance += FeatureRows.Dot(centred[i], centred[i]) / centred.Count;
        double spread = Math.Sqrt(variance);
        if (spread < LeastSpread)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"Collapsed: {rows.Count} items have almost the same features (spread {spread:0.0000}, expected at least {LeastSpread}; 1 is a sphere). ")
                + "Lower the learning rate; look whether the loss has negatives, a stop-gradient or a predictor that it needs.";
        }

        double rank = EffectiveRank.Of(centred);
        return rank >= LeastRank ? null : string.Create(CultureInfo.InvariantCulture,
            $"Collapsed: the features of {rows.Count} items use {rank:0.00} of {Math.Min(rows.Count - 1, rows.Width)} directions, expected at least {LeastRank}. ")
            + "Use larger batches, a lower temperature or stronger views, or a projector of fewer dimensions.";
    }
}
