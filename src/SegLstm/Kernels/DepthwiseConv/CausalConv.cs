using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv;

/// <summary>The causal depthwise convolution that models call: in host memory on the CPU's vectors, along the dimension that lies
/// side by side, with a gradient written by hand; elsewhere, and in half precision, as
/// <see cref="CausalConvReference"/>.</summary>
/// <remarks>x may be a half of a projection's output: it is not copied. Results do not depend on the number of threads. Gradients
/// of gradients need the reference.</remarks>
public static class CausalConv
{
    /// <summary>Convolves every channel along the tokens; equation as in <see cref="CausalConvReference"/>.</summary>
    /// <inheritdoc cref="CausalConvReference.Forward"/>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null, bool silu = false, bool reverse = false)
    {
        x = MixedPrecision.Single(x);
        return TokenTensors.Fit(x, weight, bias)
            ? Forward(LaneWidths.Widest, x, weight, bias, silu, reverse)
            : CausalConvReference.Forward(x, weight, bias, silu, reverse);
    }

    /// <summary>The same with the tokens side by side.</summary>
    /// <inheritdoc cref="CausalConvReference.ForwardChannels"/>
    public static Tensor ForwardChannels(
        Tensor x, Tensor weight, Tensor? bias = null, bool silu = false, bool reverse = false)
    {
        x = MixedPrecision.Single(x);
        return TokenTensors.Fit(x, weight, bias)
            ? ForwardChannels(LaneWidths.Widest, x, weight, bias, silu, reverse)
            : CausalConvReference.ForwardChannels(x, weight, bias, silu, reverse);
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor x, Tensor weight, Tensor? bias, bool silu, bool reverse)
    {
        DepthwiseConvShapes.CheckCausal(x, 2, weight, bias);
        var shape = ConvShape.Causal(checked((int)x.shape[0]), checked((int)x.shape[1]), weight, reverse);
        return DepthwiseConvFunction.Run(x, weight, bias, shape, silu, width);
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor ForwardChannels(
        LaneWidth width, Tensor x, Tensor weight, Tensor? bias, bool silu, bool reverse)
    {
        DepthwiseConvShapes.CheckCausal(x, 1, weight, bias);
        return ChannelConvFunction.Run(x, weight, bias, silu, reverse, width);
    }
}
