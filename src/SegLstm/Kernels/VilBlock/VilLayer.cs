using SegLstm.Kernels.BlockLinear;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>A ViL layer, with the norm before it or without, as one function with a gradient written by hand, on the kernels of the
/// CPU: norm, up-projection, convolution, maps and gates, mLSTM, norm, skip and gate, down-projection.</summary>
/// <remarks>
/// One by one, their gradients would meet in sums of whole tensors (the convolved tokens are read four times, the others three
/// times), and both halves of the projection's in a copy: here each kernel adds to what is there, or writes where it belongs. And
/// threads would wait for each other behind every kernel: here each takes a sample through all of them, while there are enough.
/// Results do not depend on the number of threads. Gradients of gradients need the reference. The oracle is the same layer part by
/// part. Source: ViL (arXiv 2406.04303) fig. 1.
/// </remarks>
internal static class VilLayer
{
    /// <summary>Whether a layer can be computed so.</summary>
    /// <param name="x">Tokens.</param>
    /// <param name="weights">Parameters.</param>
    public static bool Fits(Tensor x, VilBlockWeights weights) =>
        !MixedPrecision.IsOn && x.dim() == 3 && x.shape[0] * x.shape[1] >= DenseLinear.DenseLinear.LeastTokens
        && weights.Mixer.Q.Weight.shape[2] == BlockLinearFunction.Block && TokenTensors.Fit([x, .. weights.All]);

    /// <summary>Runs it.</summary>
    /// <param name="x">Tokens <c>(B, S, D)</c>.</param>
    /// <param name="weights">Parameters that <see cref="Fits"/>.</param>
    /// <param name="options">How the tokens are read; the grid is full.</param>
    /// <returns>Tokens <c>(B, S, D)</c>, without the residual.</returns>
    /// <exception cref="ArgumentException">The tokens do not fill the grid.</exception>
    public static Tensor Forward(Tensor x, VilBlockWeights weights, VilBlockOptions options) =>
        Forward(LaneWidths.Widest, x, weights, options);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor x, VilBlockWeights weights, VilBlockOptions options)
    {
        using var scope = NewDisposeScope();
        options.CheckTokens(x);
        width = BlockLinearFunction.Fitting(width, x.dtype);
        return VilLayerFunction.Run(x, weights, options, width).MoveToOuterDisposeScope();
    }
}
