using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>Error of an image that is completed, over the hidden pixels alone. Source: SimMIM (arXiv 2111.09886), absolute; MAE
/// (arXiv 2111.06377), squared.</summary>
public sealed class MaskedPixelLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly PixelError error;

    /// <summary>Makes the loss.</summary>
    /// <param name="error">How a pixel's error is measured.</param>
    public MaskedPixelLoss(PixelError error = PixelError.Absolute) : base(nameof(MaskedPixelLoss)) => this.error = error;

    /// <summary>What was completed and the image, <c>(B, C, H, W)</c>, and a mask that is 1 where the image was hidden and 0
    /// elsewhere, of the same shape or <c>(B, 1, H, W)</c>, to a scalar: the mean over hidden values, 0 where none is.</summary>
    public override Tensor forward(Tensor prediction, Tensor image, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var errors = error == PixelError.Absolute
            ? nn.functional.l1_loss(prediction, image, nn.Reduction.None)
            : nn.functional.mse_loss(prediction, image, nn.Reduction.None);
        return MaskedMean.Of(errors, mask.to_type(errors.dtype).expand_as(errors)).MoveToOuterDisposeScope();
    }
}
