using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SkipGate;

/// <summary>The gate behind an mLSTM cell that models call: in host memory one pass on the CPU's vectors, with a gradient written
/// by hand; elsewhere, and in half precision, as <see cref="SkipGateReference"/>.</summary>
/// <remarks>Each input may be a half of a projection's output: none is copied. Results do not depend on the number of threads.
/// Gradients of gradients need the reference.</remarks>
public static class SkipGate
{
    /// <summary>Adds the skip and gates; equation as in <see cref="SkipGateReference"/>.</summary>
    /// <inheritdoc cref="SkipGateReference.Forward"/>
    public static Tensor Forward(Tensor h, Tensor c, Tensor skip, Tensor z)
    {
        (h, c, z) = (MixedPrecision.Single(h), MixedPrecision.Single(c), MixedPrecision.Single(z));
        return TokenTensors.Fit(h, c, skip, z)
            ? Forward(LaneWidths.Widest, h, c, skip, z)
            : SkipGateReference.Forward(h, c, skip, z);
    }

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor h, Tensor c, Tensor skip, Tensor z)
    {
        SkipGateReference.Check(h, c, skip, z);
        return SkipGateFunction.Run(h, c, skip, z, width);
    }
}
