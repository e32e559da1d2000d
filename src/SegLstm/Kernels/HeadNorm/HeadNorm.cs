using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.HeadNorm;

/// <summary>The norm of every head of every token that models call: in host memory on the CPU's vectors, with a gradient written
/// by hand; elsewhere, and in half precision, as <see cref="HeadNormReference"/>.</summary>
/// <remarks>x is read where it lies, whatever its strides over samples, heads and tokens; the gradient of x lies in the same
/// order. Results do not depend on the number of threads. Gradients of gradients need the reference.</remarks>
public static class HeadNorm
{
    /// <summary>Normalises and joins the heads; equation as in <see cref="HeadNormReference"/>.</summary>
    /// <inheritdoc cref="HeadNormReference.Forward"/>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null, double eps = 1e-5)
    {
        x = MixedPrecision.Single(x);
        return TokenTensors.Fit(x, weight, bias)
            ? Forward(LaneWidths.Widest, x, weight, bias, eps)
            : HeadNormReference.Forward(x, weight, bias, eps);
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor x, Tensor weight, Tensor? bias, double eps)
    {
        HeadNormReference.Check(x, weight, bias);
        return HeadNormFunction.Run(x, weight, bias, eps, width);
    }
}
