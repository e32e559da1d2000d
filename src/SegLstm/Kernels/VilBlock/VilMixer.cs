using SegLstm.Kernels.BlockLinear;
using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>What lies between the projections of a ViL layer as one function with a gradient written by hand: convolution, maps and
/// gates, mLSTM, norm, skip and gate, on the kernels of the CPU.</summary>
/// <remarks>
/// One by one, their gradients would meet in sums of whole tensors (the convolved tokens are read four times, the others three
/// times), and both halves of the projection's in a copy: here each kernel adds to what is there, or writes where it belongs.
/// Results do not depend on the number of threads. Gradients of gradients need the reference. The oracle is the same layer part by
/// part. Source: ViL (arXiv 2406.04303) fig. 1.
/// </remarks>
internal static class VilMixer
{
    /// <summary>Whether a layer can be computed so.</summary>
    /// <param name="projected">Both halves of the up-projection.</param>
    /// <param name="weights">Parameters.</param>
    public static bool Fits(Tensor projected, VilMixerWeights weights) =>
        !MixedPrecision.IsOn && projected.dim() == 3 && projected.numel() > 0
        && weights.Q.Weight.shape[2] == BlockLinearFunction.Block && TokenTensors.Fit([projected, .. weights.All]);

    /// <summary>Runs it.</summary>
    /// <param name="projected">Both halves of the up-projection <c>(B, S, 2E)</c>: what is mixed, then what gates.</param>
    /// <param name="weights">Parameters that <see cref="Fits"/>.</param>
    /// <param name="options">How the tokens are read; the grid is full.</param>
    /// <returns>Tokens <c>(B, S, E)</c> for the down-projection.</returns>
    /// <exception cref="ArgumentException">The tokens do not fill the grid.</exception>
    public static Tensor Forward(Tensor projected, VilMixerWeights weights, VilBlockOptions options) =>
        Forward(LaneWidths.Widest, projected, weights, options);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor projected, VilMixerWeights weights, VilBlockOptions options)
    {
        using var scope = NewDisposeScope();
        var (mixed, conv) = (projected.narrow(-1, 0, projected.shape[^1] / 2), weights.Conv);
        if (conv.Weight.dim() == 4)
        {
            DepthwiseConvShapes.CheckGrid(mixed, options.Rows, options.Columns, conv.Weight, conv.Bias);
        }

        width = BlockLinearFunction.Fitting(width, projected.dtype);
        return VilMixerFunction.Run(projected, weights, options, width).MoveToOuterDisposeScope();
    }
}
