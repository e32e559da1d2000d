using SegLstm.Kernels.BlockLinear;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using SegLstm.Kernels.VilBlock.Cpu;
using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>A whole ViL sub-block in one pass without gradients: norm, up-projection, convolution, maps and gates, mLSTM, norm,
/// skip and gate, down-projection and residual, some tokens at a time, so that what lies between them stays in the second-level
/// cache.</summary>
/// <remarks>
/// <para>
/// While there is a sample for every thread, each takes one. What is left is shared: while heads of one segment of the sequence go
/// through the mLSTM, tokens of the next are projected and convolved. Between segments only the states of the heads are carried.
/// Results do not depend on the number of threads. The oracle is the same block layer by layer, on the same kernels.
/// </para>
/// <para>Source: ViL (arXiv 2406.04303) fig. 1; that such a fusion is what would make it fast, and is not there: NX-AI/vision-lstm,
/// issue 24.</para>
/// </remarks>
internal static class VilBlock
{
    /// <summary>Whether a block can be computed so.</summary>
    /// <param name="x">Tokens.</param>
    /// <param name="weights">Parameters.</param>
    public static bool Fits(Tensor x, VilBlockWeights weights)
    {
        Tensor?[] given = [x, .. weights.All];
        return weights.Norm is not null && x.dim() == 3 && x.numel() > 0
            && weights.Mixer.Q.Weight.shape[2] == BlockLinearFunction.Block && TokenTensors.Fit(given)
            && !TokenTensors.WantGradient(given);
    }

    /// <summary>Runs the block.</summary>
    /// <param name="x">Tokens <c>(B, S, D)</c>.</param>
    /// <param name="weights">Parameters that <see cref="Fits"/>.</param>
    /// <param name="options">How the tokens are read; the grid is full.</param>
    /// <returns>Tokens <c>(B, S, D)</c>, the residual added.</returns>
    public static Tensor Forward(Tensor x, VilBlockWeights weights, VilBlockOptions options) =>
        Forward(LaneWidths.Widest, x, weights, options);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor x, VilBlockWeights weights, VilBlockOptions options)
    {
        options.CheckTokens(x);
        width = BlockLinearFunction.Fitting(width, x.dtype);
        using var scope = NewDisposeScope();
        return CpuVilBlock.Forward(TokenTensors.Ready(x), weights, options, width).MoveToOuterDisposeScope();
    }
}
