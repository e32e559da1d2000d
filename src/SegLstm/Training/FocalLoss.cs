using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Focal loss: each class against all others, where pixels that are told well count little.</summary>
/// <remarks>
/// <para>With s the sigmoid of a logit and y the label as one-hot, a pixel and class have
/// <c>-α y (1 - s)^γ log s - (1 - α) (1 - y) s^γ log(1 - s)</c>; γ = 2, α = 0.5. Their sum, times the classes' weights where
/// there are any, is divided by the number of classes and of <b>all</b> pixels, ignored ones included, or of the labelled
/// ones.</para>
/// <para>Source: mmsegmentation 1.x, <c>losses/focal_loss.py</c>, after Lin et al. (arXiv 1708.02002); its mean is that over all
/// pixels.</para>
/// </remarks>
public sealed class FocalLoss : SegmentationLoss
{
    private readonly bool averageNonIgnored;
    private readonly double gamma;
    private readonly double alpha;

    /// <summary>Makes the loss.</summary>
    /// <param name="lossWeight">Factor on the result.</param>
    /// <param name="ignoreIndex">Label of pixels that take no part.</param>
    /// <param name="averageNonIgnored">Divide by the labelled pixels only.</param>
    /// <param name="classWeights">A weight for each class; null: all 1.</param>
    /// <param name="gamma">How much less pixels count that are told well.</param>
    /// <param name="alpha">Weight of a class against that of all others, 0 to 1.</param>
    public FocalLoss(double lossWeight = 1, long ignoreIndex = 255, bool averageNonIgnored = false, double[]? classWeights = null,
        double gamma = 2, double alpha = 0.5)
        : base(nameof(FocalLoss), lossWeight, ignoreIndex, classWeights)
    {
        (this.averageNonIgnored, this.gamma, this.alpha) = (averageNonIgnored, gamma, alpha);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor logits, Tensor label)
    {
        Check(logits, label);
        using var scope = NewDisposeScope();
        var (target, labelled) = OneHot(logits, label);
        var scores = logits.sigmoid();
        var wrong = (1 - scores) * target + scores * (1 - target);
        var balance = alpha * target + (1 - alpha) * (1 - target);
        var entropy = nn.functional.binary_cross_entropy_with_logits(logits, target, reduction: nn.Reduction.None);
        var parts = entropy * balance * wrong.pow(gamma) * labelled;
        if (ClassWeights(logits.dtype, logits.device) is { } weights) parts = parts * weights.view(1, -1, 1, 1);
        var divisor = Math.Max(Divisor(label), 1) * logits.shape[1];
        return (parts.sum() * (LossWeight / divisor)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double Divisor(Tensor label)
    {
        using var scope = NewDisposeScope();
        return averageNonIgnored ? label.ne(IgnoreIndex).sum().item<long>() : label.numel();
    }
}
