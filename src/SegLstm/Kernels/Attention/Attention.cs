using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Attention;

/// <summary>The multi-head self-attention that models call: in host memory on the CPU's vectors and all threads, scores of 64 queries
/// at a time, with a gradient written by hand; elsewhere and in mixed precision as <see cref="AttentionReference"/>.</summary>
/// <remarks>Results do not depend on the number of threads. Gradients can be differentiated again. Nothing of the size of the scores is
/// kept for the gradient, which computes them once more; only the gradient of a bias has that size.</remarks>
public static class Attention
{
    /// <summary>Mixes the tokens of every sequence; equation as in <see cref="AttentionReference"/>.</summary>
    /// <inheritdoc cref="AttentionReference.Forward"/>
    public static Tensor Forward(Tensor qkv, long heads, Tensor? bias = null) =>
        !MixedPrecision.IsOn && TokenTensors.Fit(qkv, bias) && qkv.numel() > 0
            ? Forward(LaneWidths.Widest, qkv, heads, bias)
            : AttentionReference.Forward(qkv, heads, bias);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor qkv, long heads, Tensor? bias = null)
    {
        AttentionReference.Check(qkv, heads, bias);
        return AttentionFunction.Run(qkv, heads, bias, width);
    }
}
