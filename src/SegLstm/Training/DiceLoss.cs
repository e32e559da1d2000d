using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Dice loss: how little the scores of a class and its pixels overlap, a mean over images and classes.</summary>
/// <remarks>
/// <para>With p the softmax of the logits, y the label as one-hot and sums over the labelled pixels of an image, class c has
/// <c>1 - (2 Σ p y + s) / (Σ p^e + Σ y^e + s)</c>, smoothed by s = 1, exponent e = 2. Where there are class weights, they
/// multiply the classes' parts; the sum is divided by the number of classes all the same. A class whose index is the ignored
/// label has no part.</para>
/// <para>Source: mmsegmentation 1.x, <c>losses/dice_loss.py</c> at 0c87f7a, after V-Net (Milletari et al., arXiv 1606.04797).
/// Deviation: there, ignored pixels still count in the denominator, as pixels of the last class; here in neither sum. Later 1.x
/// files have another formula under the same name, over all classes at once with an eps of 1e-3 in place of s.</para>
/// </remarks>
public sealed class DiceLoss : SegmentationLoss
{
    private readonly double smooth;
    private readonly double exponent;

    /// <summary>Makes the loss.</summary>
    /// <param name="lossWeight">Factor on the result.</param>
    /// <param name="ignoreIndex">Label of pixels that take no part.</param>
    /// <param name="classWeights">A weight for each class; null: all 1.</param>
    /// <param name="smooth">Added to both parts of the fraction.</param>
    /// <param name="exponent">Of scores and labels below the line.</param>
    public DiceLoss(double lossWeight = 1, long ignoreIndex = 255, double[]? classWeights = null, double smooth = 1,
        double exponent = 2)
        : base(nameof(DiceLoss), lossWeight, ignoreIndex, classWeights)
    {
        (this.smooth, this.exponent) = (smooth, exponent);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor logits, Tensor label)
    {
        Check(logits, label);
        using var scope = NewDisposeScope();
        var (target, labelled) = OneHot(logits, label);
        var scores = logits.softmax(1);
        var overlap = (scores * target).sum([2, 3]) * 2 + smooth;
        var sizes = (scores.pow(exponent) * labelled + target).sum([2, 3]) + smooth;
        var parts = 1 - overlap / sizes;
        if (ClassWeights(logits.dtype, logits.device) is { } weights) parts = parts * weights;
        if (IgnoreIndex >= 0 && IgnoreIndex < logits.shape[1])
        {
            parts = parts * arange(logits.shape[1], device: logits.device).ne(IgnoreIndex).to(logits.dtype);
        }

        return (parts.mean() * LossWeight).MoveToOuterDisposeScope();
    }

    /// <summary>The number of pixels: of the images in a mean over images, which are of one size, each has as many.</summary>
    /// <inheritdoc/>
    public override double Divisor(Tensor label) => label.numel();
}
