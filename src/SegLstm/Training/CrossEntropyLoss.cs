using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Cross entropy with mmsegmentation's averaging: the sum over labelled pixels divided by <b>all</b> pixels, ignored
/// ones included.</summary>
/// <remarks>
/// <para>PyTorch's built-in mean divides by the labelled pixels; that is <c>averageNonIgnored: true</c>. With class weights the
/// divisor is the sum of the weights of the pixels counted (an ignored pixel, where counted, has weight 1). Where no pixel counts
/// the loss is 0.</para>
/// <para>Source: mmsegmentation, <c>losses/cross_entropy_loss.py</c>.</para>
/// </remarks>
public sealed class CrossEntropyLoss : SegmentationLoss
{
    private const double Epsilon = 1.1920928955078125e-07;
    private readonly bool averageNonIgnored;

    /// <summary>Makes the loss.</summary>
    /// <param name="lossWeight">Factor on the result: 1 for the main head, 0.4 for the auxiliary one.</param>
    /// <param name="ignoreIndex">Label of pixels that take no part.</param>
    /// <param name="averageNonIgnored">Divide by the labelled pixels only.</param>
    /// <param name="classWeights">A weight for each class; null: all 1.</param>
    public CrossEntropyLoss(double lossWeight = 1, long ignoreIndex = 255, bool averageNonIgnored = false,
        double[]? classWeights = null)
        : base(nameof(CrossEntropyLoss), lossWeight, ignoreIndex, classWeights)
    {
        this.averageNonIgnored = averageNonIgnored;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor logits, Tensor label)
    {
        Check(logits, label);
        using var scope = NewDisposeScope();
        var weight = ClassWeights(logits.dtype, logits.device);
        var loss = nn.functional.cross_entropy(logits, label, weight, IgnoreIndex, nn.Reduction.None).sum();
        return (loss * LossWeight / Math.Max(Divisor(label, weight), Epsilon)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double Divisor(Tensor label)
    {
        using var scope = NewDisposeScope();
        return Divisor(label, ClassWeights(ScalarType.Float32, label.device));
    }

    private double Divisor(Tensor label, Tensor? weight)
    {
        var ignored = label.eq(IgnoreIndex);
        if (weight is null)
        {
            return averageNonIgnored ? label.numel() - ignored.sum().item<long>() : label.numel();
        }

        var weights = weight.index_select(0, label.masked_fill(ignored, 0).flatten());
        return weights.masked_fill(ignored.flatten(), averageNonIgnored ? 0 : 1).sum().to(ScalarType.Float64).item<double>();
    }
}
