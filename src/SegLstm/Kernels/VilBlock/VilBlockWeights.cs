using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>The parameters of a ViL sub-block, of width D and inner width E with H heads.</summary>
/// <param name="Norm">Offsets of the multipliers <c>(D)</c>.</param>
/// <param name="Up"><c>(2E, D)</c>.</param>
/// <param name="Conv"><c>(E, 1, K)</c>, causal, or <c>(E, 1, K, K)</c>, on the grid.</param>
/// <param name="Q">Blocks <c>(E/4, 4, 4)</c>.</param>
/// <param name="K">Blocks <c>(E/4, 4, 4)</c>.</param>
/// <param name="V">Blocks <c>(E/4, 4, 4)</c>.</param>
/// <param name="InputGate"><c>(H, 3E)</c>.</param>
/// <param name="ForgetGate"><c>(H, 3E)</c>.</param>
/// <param name="OutNorm">Offsets of the multipliers <c>(E)</c>.</param>
/// <param name="Skip"><c>(E)</c>.</param>
/// <param name="Down"><c>(D, E)</c>.</param>
internal sealed record VilBlockWeights(
    Affine Norm, Affine Up, Affine Conv, Affine Q, Affine K, Affine V, Affine InputGate, Affine ForgetGate, Affine OutNorm,
    Tensor Skip, Affine Down)
{
    /// <summary>All of them.</summary>
    public Tensor?[] All =>
    [
        Norm.Weight, Norm.Bias, Up.Weight, Up.Bias, Conv.Weight, Conv.Bias, Q.Weight, Q.Bias, K.Weight, K.Bias, V.Weight, V.Bias,
        InputGate.Weight, InputGate.Bias, ForgetGate.Weight, ForgetGate.Bias, OutNorm.Weight, OutNorm.Bias, Skip, Down.Weight,
        Down.Bias,
    ];
}
