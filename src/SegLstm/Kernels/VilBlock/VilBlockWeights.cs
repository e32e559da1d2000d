using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>The parameters of a ViL sub-block, of width D and inner width E with H heads.</summary>
/// <param name="Norm">Offsets of the multipliers <c>(D)</c>; null: those of the layer alone, without the norm before it.</param>
/// <param name="Up"><c>(2E, D)</c>.</param>
/// <param name="Mixer">What lies between the projections.</param>
/// <param name="Down"><c>(D, E)</c>.</param>
internal sealed record VilBlockWeights(Affine? Norm, Affine Up, VilMixerWeights Mixer, Affine Down)
{
    /// <summary>All of them: <see cref="Of"/> reads them back.</summary>
    public Tensor?[] All =>
        [Norm?.Weight, Norm?.Bias, Up.Weight, Up.Bias, .. Mixer.All, Down.Weight, Down.Bias];

    /// <summary>The parameters in the order of <see cref="All"/>.</summary>
    public static VilBlockWeights Of(ReadOnlySpan<object?> all)
    {
        Affine Layer(object? weight, object? bias) => new((Tensor)weight!, (Tensor?)bias);
        return new VilBlockWeights(
            all[0] is null ? null : Layer(all[0], all[1]), Layer(all[2], all[3]), VilMixerWeights.Of(all[4..^2]),
            Layer(all[^2], all[^1]));
    }
}
