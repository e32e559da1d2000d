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
public sealed class CrossEntropyLoss : nn.Module<Tensor, Tensor, Tensor>
{
    private const double Epsilon = 1.1920928955078125e-07;
    private readonly double lossWeight;
    private readonly long ignoreIndex;
    private readonly bool averageNonIgnored;
    private readonly double[]? classWeights;

    /// <summary>Makes the loss.</summary>
    /// <param name="lossWeight">Factor on the result: 1 for the main head, 0.4 for the auxiliary one.</param>
    /// <param name="ignoreIndex">Label of pixels that take no part.</param>
    /// <param name="averageNonIgnored">Divide by the labelled pixels only.</param>
    /// <param name="classWeights">A weight for each class; null: all 1.</param>
    public CrossEntropyLoss(double lossWeight = 1, long ignoreIndex = 255, bool averageNonIgnored = false,
        double[]? classWeights = null)
        : base(nameof(CrossEntropyLoss))
    {
        (this.lossWeight, this.ignoreIndex) = (lossWeight, ignoreIndex);
        (this.averageNonIgnored, this.classWeights) = (averageNonIgnored, classWeights);
        RegisterComponents();
    }

    /// <summary>The loss, a scalar.</summary>
    /// <param name="logits"><c>(N, classes, H, W)</c>.</param>
    /// <param name="label">Class indexes <c>(N, H, W)</c>, int64.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is not one weight for each class.</exception>
    public override Tensor forward(Tensor logits, Tensor label)
    {
        Check(logits, label);
        using var scope = NewDisposeScope();
        var weight = classWeights is null ? null : tensor(classWeights, dtype: logits.dtype, device: logits.device);
        var loss = nn.functional.cross_entropy(logits, label, weight, ignoreIndex, nn.Reduction.None).sum();
        return (loss * lossWeight / Math.Max(Divisor(label, weight), Epsilon)).MoveToOuterDisposeScope();
    }

    /// <summary>What the sum over a batch's pixels is divided by: its weight beside other batches in a mean over all.</summary>
    /// <param name="label">Class indexes <c>(N, H, W)</c>, int64.</param>
    public double Divisor(Tensor label)
    {
        using var scope = NewDisposeScope();
        return Divisor(
            label, classWeights is null ? null : tensor(classWeights, dtype: ScalarType.Float32, device: label.device));
    }

    private double Divisor(Tensor label, Tensor? weight)
    {
        var ignored = label.eq(ignoreIndex);
        if (weight is null)
        {
            return averageNonIgnored ? label.numel() - ignored.sum().item<long>() : label.numel();
        }

        var weights = weight.index_select(0, label.masked_fill(ignored, 0).flatten());
        return weights.masked_fill(ignored.flatten(), averageNonIgnored ? 0 : 1).sum().to(ScalarType.Float64).item<double>();
    }

    private void Check(Tensor logits, Tensor label)
    {
        if (logits.dim() != 4 || label.dim() != 3 || logits.shape[0] != label.shape[0]
            || !logits.shape[2..].SequenceEqual(label.shape[1..]))
        {
            throw new ArgumentException(
                "Expected logits (N, classes, H, W) and labels (N, H, W) of one size, " +
                $"got ({string.Join(", ", logits.shape)}) and ({string.Join(", ", label.shape)}).",
                nameof(label));
        }

        if (classWeights is not null && classWeights.Length != logits.shape[1])
        {
            throw new ArgumentException($"Expected {logits.shape[1]} class weights, one a class, got {classWeights.Length}.",
                nameof(logits));
        }
    }
}
