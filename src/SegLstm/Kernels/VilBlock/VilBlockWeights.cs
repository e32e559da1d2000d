using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>The parameters of a ViL sub-block, of width D and inner width E with H heads.</summary>
/// <param name="Norm">Offsets of the multipliers <c>(D)</c>.</param>
/// <param name="Up"><c>(2E, D)</c>.</param>
/// <param name="Mixer">What lies between the projections.</param>
/// <param name="Down"><c>(D, E)</c>.</param>
internal sealed record VilBlockWeights(Affine Norm, Affine Up, VilMixerWeights Mixer, Affine Down)
{
    /// <summary>All of them.</summary>
    public Tensor?[] All =>
        [Norm.Weight, Norm.Bias, Up.Weight, Up.Bias, .. Mixer.All, Down.Weight, Down.Bias];
}
