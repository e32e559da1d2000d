using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Cross entropy of images, each with a class or with shares of several (soft targets, as <see cref="Mixing"/> makes them):
/// <c>mean_n -sum_c t[n, c] log softmax(z[n])[c]</c>.
/// </summary>
/// <remarks>With one class an image it is PyTorch's; timm's SoftTargetCrossEntropy with shares. An image of the ignored label adds
/// nothing, but counts in the mean.</remarks>
public sealed class ImageCrossEntropyLoss : ScoreLoss
{
    private readonly long _ignoreIndex;

    /// <summary>Makes the loss.</summary>
    /// <param name="lossWeight">Factor on the result.</param>
    /// <param name="ignoreIndex">Label of images that take no part.</param>
    public ImageCrossEntropyLoss(double lossWeight = 1, long ignoreIndex = -1) : base(nameof(ImageCrossEntropyLoss), lossWeight)
    {
        _ignoreIndex = ignoreIndex;
        RegisterComponents();
    }

    /// <summary>The loss, a scalar.</summary>
    /// <param name="logits"><c>(N, classes)</c>.</param>
    /// <param name="label">Classes <c>(N)</c>, int64, or shares <c>(N, classes)</c> of a floating type.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public override Tensor forward(Tensor logits, Tensor label)
    {
        if (logits.dim() != 2 || label.shape[0] != logits.shape[0] || !(label.dim() == 1 || label.shape.SequenceEqual(logits.shape)))
        {
            throw new ArgumentException(
                "Expected logits (N, classes) and labels (N) or (N, classes), got "
                + $"({string.Join(", ", logits.shape)}) and ({string.Join(", ", label.shape)}).", nameof(label));
        }

        using var scope = NewDisposeScope();
        Tensor sum = label.dim() == 1
            ? nn.functional.cross_entropy(logits, label, null, _ignoreIndex, nn.Reduction.None).sum()
            : -(label * nn.functional.log_softmax(logits, 1)).sum();
        return (sum * (LossWeight / Divisor(label))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double Divisor(Tensor label) => label.shape[0];
}
