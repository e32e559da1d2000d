using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>Squared error of an image that is painted anew, weighted: the mean over the holes times 0.99, and the mean over the
/// rest times 0.01. Source: Context Encoders (arXiv 1604.07379) in the form of GeoX-Lab/G-RSIM,
/// <c>utils_SS_pretexts.py</c>.</summary>
public sealed class InpaintingLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly double holes;

    /// <summary>Makes the loss.</summary>
    /// <param name="holeWeight">Weight of the holes, 0 to 1; the rest has what is missing to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public InpaintingLoss(double holeWeight = 0.99) : base(nameof(InpaintingLoss)) => holes = holeWeight is >= 0 and <= 1
        ? holeWeight
        : throw new ArgumentOutOfRangeException(nameof(holeWeight), holeWeight, "Expected a weight from 0 to 1.");

    /// <summary>What was painted and the image, <c>(B, C, H, W)</c>, and a mask that is 0 in holes and 1 elsewhere, of the same
    /// shape or <c>(B, 1, H, W)</c>, to a scalar. A part without pixels counts as 0.</summary>
    public override Tensor forward(Tensor prediction, Tensor image, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var error = nn.functional.mse_loss(prediction, image, nn.Reduction.None);
        var kept = mask.to_type(error.dtype).expand_as(error);
        return ((holes * MaskedMean.Of(error, 1 - kept)) + ((1 - holes) * MaskedMean.Of(error, kept))).MoveToOuterDisposeScope();
    }
}
