using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv;

/// <summary>The depthwise convolution of tokens on their grid that models call: in host memory on the CPU's vectors, over
/// channels and without any transposition, with a gradient written by hand; elsewhere, and in half precision, as
/// <see cref="GridConvReference"/>.</summary>
/// <remarks>x may be a half of a projection's output: it is not copied. Results do not depend on the number of threads. Gradients
/// of gradients need the reference.</remarks>
public static class GridConv
{
    /// <summary>Convolves every channel on the grid.</summary>
    /// <inheritdoc cref="GridConvReference.Forward"/>
    public static Tensor Forward(
        Tensor x, long rows, long columns, Tensor weight, Tensor? bias = null, bool silu = false, bool reverse = false)
    {
        x = MixedPrecision.Single(x);
        return TokenTensors.Fit(x, weight, bias)
            ? Forward(LaneWidths.Widest, x, rows, columns, weight, bias, silu, reverse)
            : GridConvReference.Forward(x, rows, columns, weight, bias, silu, reverse);
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(
        LaneWidth width, Tensor x, long rows, long columns, Tensor weight, Tensor? bias, bool silu, bool reverse)
    {
        DepthwiseConvShapes.CheckGrid(x, rows, columns, weight, bias);
        var shape = ConvShape.OnGrid(checked((int)x.shape[0]), checked((int)rows), checked((int)columns), weight, reverse);
        return DepthwiseConvFunction.Run(x, weight, bias, shape, silu, width);
    }
}
