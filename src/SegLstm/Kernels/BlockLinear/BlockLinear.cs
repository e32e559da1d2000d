using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.BlockLinear;

/// <summary>The linear map with a block-diagonal matrix that models call: for blocks of four in host memory one pass on the CPU's
/// vectors, with a gradient written by hand; else as <see cref="BlockLinearReference"/>.</summary>
/// <remarks>The tokens may be a half of a projection's output: they are not copied. Results do not depend on the number of
/// threads. Gradients of gradients need the reference.</remarks>
public static class BlockLinear
{
    /// <summary>Maps tokens; equation as in <see cref="BlockLinearReference"/>.</summary>
    /// <inheritdoc cref="BlockLinearReference.Forward"/>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null)
    {
        x = MixedPrecision.Single(x);
        return x.numel() > 0 && weight.dim() == 3 && weight.shape[2] == BlockLinearFunction.Block
            && TokenTensors.Fit(x, weight, bias)
            ? Forward(LaneWidths.Widest, x, weight, bias)
            : BlockLinearReference.Forward(x, weight, bias);
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor x, Tensor weight, Tensor? bias)
    {
        BlockLinearReference.Check(x, weight, bias);
        return BlockLinearFunction.Run(x, weight, bias, BlockLinearFunction.Fitting(width, x.dtype));
    }
}
