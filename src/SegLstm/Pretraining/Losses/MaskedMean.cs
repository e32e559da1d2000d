using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>Means over a part of an image.</summary>
internal static class MaskedMean
{
    /// <summary>The mean of values where a mask of the same shape is 1; 0 where it is 1 nowhere.</summary>
    public static Tensor Of(Tensor values, Tensor mask) => (values * mask).sum() / mask.sum().clamp(min: 1);
}
