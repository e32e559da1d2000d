using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>The parameters between the projections of a ViL layer, of inner width E with H heads.</summary>
/// <param name="Conv"><c>(E, 1, K)</c>, causal, or <c>(E, 1, K, K)</c>, on the grid.</param>
/// <param name="Q">Blocks <c>(E/4, 4, 4)</c>.</param>
/// <param name="K">Blocks <c>(E/4, 4, 4)</c>.</param>
/// <param name="V">Blocks <c>(E/4, 4, 4)</c>.</param>
/// <param name="InputGate"><c>(H, 3E)</c>.</param>
/// <param name="ForgetGate"><c>(H, 3E)</c>.</param>
/// <param name="OutNorm">Offsets of the multipliers <c>(E)</c>.</param>
/// <param name="Skip"><c>(E)</c>.</param>
internal sealed record VilMixerWeights(
    Affine Conv, Affine Q, Affine K, Affine V, Affine InputGate, Affine ForgetGate, Affine OutNorm, Tensor Skip)
{
    /// <summary>All of them: <see cref="Of"/> reads them back.</summary>
    public Tensor?[] All =>
    [
        Conv.Weight, Conv.Bias, Q.Weight, Q.Bias, K.Weight, K.Bias, V.Weight, V.Bias, InputGate.Weight, InputGate.Bias,
        ForgetGate.Weight, ForgetGate.Bias, OutNorm.Weight, OutNorm.Bias, Skip,
    ];

    /// <summary>The same, each in one piece of memory.</summary>
    public VilMixerWeights Contiguous() => new(
        Conv.Contiguous(), Q.Contiguous(), K.Contiguous(), V.Contiguous(), InputGate.Contiguous(), ForgetGate.Contiguous(),
        OutNorm.Contiguous(), Skip.contiguous());

    /// <summary>The parameters in the order of <see cref="All"/>.</summary>
    public static VilMixerWeights Of(ReadOnlySpan<object?> all)
    {
        Span<Affine> layers = new Affine[all.Length / 2];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = new Affine((Tensor)all[2 * layer]!, (Tensor?)all[(2 * layer) + 1]);
        }

        return new VilMixerWeights(
            layers[0], layers[1], layers[2], layers[3], layers[4], layers[5], layers[6], (Tensor)all[^1]!);
    }
}
