using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DenseLinear;

/// <summary>The affine map of the last dimension that models call: in host memory on the CPU's vectors and all threads, with a
/// gradient written by hand; elsewhere, in half precision and for a few tokens as <see cref="DenseLinearReference"/>. In mixed
/// precision the product is bfloat16's, and comes back in float32.</summary>
/// <remarks>Results do not depend on the number of threads. Gradients can be differentiated again.</remarks>
public static class DenseLinear
{
    /// <summary>Of fewer tokens, turning the weights into panels takes longer than it saves.</summary>
    internal const long LeastTokens = 32;

    /// <summary>Maps tokens by the parameters of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Tokens <c>(..., in)</c>.</param>
    public static Tensor Forward(Linear layer, Tensor x) => Forward(x, layer.weight, layer.bias);

    /// <summary>Maps tokens; equation as in <see cref="DenseLinearReference"/>.</summary>
    /// <inheritdoc cref="DenseLinearReference.Forward"/>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null) =>
        MixedPrecision.IsOn ? Mixed(x, weight, bias)
        : TokenTensors.Fit(x, weight, bias) && x.numel() >= LeastTokens * weight.shape[^1] && weight.numel() > 0
            ? Forward(LaneWidths.Widest, x, weight, bias)
            : DenseLinearReference.Forward(x, weight, bias);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor x, Tensor weight, Tensor? bias)
    {
        DenseLinearReference.Check(x, weight, bias);
        return DenseLinearFunction.Run(x, weight, bias, width);
    }

    private static Tensor Mixed(Tensor x, Tensor weight, Tensor? bias)
    {
        using var scope = NewDisposeScope();
        return MixedPrecision.Single(DenseLinearReference.Forward(x, weight, bias)).MoveToOuterDisposeScope();
    }
}
