using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>What a <see cref="Trunk"/> makes of images.</summary>
/// <param name="Coarse">The map that global features are taken from, <c>(B, C, h, w)</c>: the atrous encoder's, or the backbone's
/// last.</param>
/// <param name="Maps">The backbone's maps.</param>
public sealed record TrunkFeatures(Tensor Coarse, Tensor[] Maps)
{
    /// <summary>The mean of the coarse map, <c>(B, C)</c>.</summary>
    public Tensor Mean => Coarse.mean([2, 3]);
}
