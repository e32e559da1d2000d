using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv;

/// <summary>The causal depthwise convolution on torch operators: the oracle of the faster form.</summary>
/// <remarks><c>y_t = bias + Σ_j w_j x_{t-K+1+j}</c>, 0 in front of the first token; then, where asked for, <c>y · sigmoid(y)</c>.
/// Source: NX-AI/vision-lstm, <c>CausalConv1d</c>; state-spaces/mamba, <c>causal_conv1d</c>.</remarks>
public static class CausalConvReference
{
    /// <summary>Convolves every channel along the tokens.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>.</param>
    /// <param name="weight">Taps <c>(E, 1, K)</c>; the last multiplies the current token.</param>
    /// <param name="bias"><c>(E)</c>; null: none.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="reverse">Whether the sequence is read from its last token on: the future is seen, not the past.</param>
    /// <returns>Tokens <c>(B, S, E)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null, bool silu = false, bool reverse = false)
    {
        DepthwiseConvShapes.CheckCausal(x, 2, weight, bias);
        using var scope = NewDisposeScope();
        return ForwardChannels(x.transpose(1, 2), weight, bias, silu, reverse).transpose(1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The same with the tokens side by side.</summary>
    /// <param name="x">Tokens <c>(B, E, S)</c>.</param>
    /// <param name="weight">Taps <c>(E, 1, K)</c>; the last multiplies the current token.</param>
    /// <param name="bias"><c>(E)</c>; null: none.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="reverse">Whether the sequence is read from its last token on: the future is seen, not the past.</param>
    /// <returns>Tokens <c>(B, E, S)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor ForwardChannels(
        Tensor x, Tensor weight, Tensor? bias = null, bool silu = false, bool reverse = false)
    {
        DepthwiseConvShapes.CheckCausal(x, 1, weight, bias);
        using var scope = NewDisposeScope();
        // Padding on both sides makes K - 1 outputs too many, at the end: those would look ahead.
        var y = nn.functional.conv1d(
                reverse ? x.flip(2) : x, weight, bias, padding: weight.shape[2] - 1, groups: x.shape[1])
            .narrow(2, 0, x.shape[2]);
        y = silu ? nn.functional.silu(y) : y;
        return (reverse ? y.flip(2) : y).MoveToOuterDisposeScope();
    }
}
