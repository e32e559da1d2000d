using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>Measures one encoder after the other on the same tiles. Owns the views.</summary>
/// <param name="first">One view of each tile, <c>(N, bands, S, S)</c>, of at least two tiles.</param>
/// <param name="second">Another view of each.</param>
public sealed class FeatureProbe(Tensor first, Tensor second) : IDisposable
{
    private const int Batch = 32;

    /// <summary>Tiles whose labels vote; null measures no accuracy.</summary>
    public utils.data.Dataset? Voters { get; init; }

    /// <summary>Tiles that are voted on, others than those.</summary>
    public utils.data.Dataset? Asked { get; init; }

    /// <summary>Number of classes of the labels.</summary>
    public int Classes { get; init; }

    /// <summary>Label that counts for nothing.</summary>
    public int IgnoreIndex { get; init; } = 255;

    /// <summary>Who votes, and how.</summary>
    public NeighbourProbe Vote { get; init; } = new(20);

    /// <summary>When features count as collapsed.</summary>
    public CollapseGuard Guard { get; init; } = new();

    /// <summary>Measures an encoder.</summary>
    /// <param name="encode">Images <c>(N, bands, S, S)</c> to features <c>(N, D, h, w)</c>, in evaluation mode.</param>
    /// <exception cref="ArgumentException">Features of another shape or that are not finite, or no tile with a label.</exception>
    public FeatureReport Measure(Func<Tensor, Tensor> encode)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor a = Features(encode, first), b = Features(encode, second);
        return Guard.Complaint(a) is { } complaint
            // A feature of nothing but zeros has no direction.
            ? new FeatureReport(double.NaN, double.NaN, EffectiveRank.Of(a, centred: true), null, complaint)
            : new FeatureReport(
                Hypersphere.Alignment(a, b), Hypersphere.Uniformity(a), EffectiveRank.Of(a, centred: true), Accuracy(encode), null);
    }

    /// <summary>Frees the views.</summary>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private double? Accuracy(Func<Tensor, Tensor> encode)
    {
        if (Voters is null || Asked is null) return null;
        using LabelledFeatures voters = LabelledFeatures.Of(encode, Voters, Classes, IgnoreIndex, Batch);
        using LabelledFeatures asked = LabelledFeatures.Of(encode, Asked, Classes, IgnoreIndex, Batch);
        return Vote.Evaluate(voters, asked).Scores.OverallAccuracy;
    }

    private static Tensor Features(Func<Tensor, Tensor> encode, Tensor images) =>
        cat([.. images.split(Batch).Select(part => encode(part).mean([2L, 3L]))], 0);
}
