using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>A loss of class scores against a label map, in which pixels of one label take no part.</summary>
public abstract class SegmentationLoss : ScoreLoss
{
    private readonly double[]? classWeights;

    private protected SegmentationLoss(string name, double lossWeight, long ignoreIndex, double[]? classWeights) : base(name, lossWeight)
    {
        (IgnoreIndex, this.classWeights) = (ignoreIndex, classWeights);
    }

    private protected long IgnoreIndex { get; }

    /// <summary>The loss, a scalar.</summary>
    /// <param name="logits"><c>(N, classes, H, W)</c>.</param>
    /// <param name="label">Class indexes <c>(N, H, W)</c>, int64.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is not one weight for each class.</exception>
    public abstract override Tensor forward(Tensor logits, Tensor label);

    private protected Tensor? ClassWeights(ScalarType dtype, Device device) =>
        classWeights is null ? null : tensor(classWeights, dtype: dtype, device: device);

    private protected void Check(Tensor logits, Tensor label)
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

    /// <summary>1 where a pixel is of a class, <c>(N, classes, H, W)</c>; an ignored one is of none. And 1 where it is labelled,
    /// <c>(N, 1, H, W)</c>.</summary>
    private protected (Tensor Target, Tensor Labelled) OneHot(Tensor logits, Tensor label)
    {
        var labelled = label.ne(IgnoreIndex);
        var target = nn.functional.one_hot(label.masked_fill(labelled.logical_not(), 0), logits.shape[1]).permute(0, 3, 1, 2);
        var mask = labelled.unsqueeze(1).to(logits.dtype);
        return (target.to(logits.dtype) * mask, mask);
    }
}
