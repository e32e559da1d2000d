using SegLstm.Kernels.HeadNorm.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.HeadNorm;

/// <summary>The norm on the CPU as a function with a gradient written by hand.</summary>
/// <remarks>
/// With <c>n = (x - mean) r</c>, <c>r = 1 / sqrt(variance + eps)</c>, g the gradient of the outputs and <c>w = g · weight</c>:
/// <c>dx = r (w - mean(w) - n mean(w n))</c>, means over the channels of a head; <c>dweight = Σ g n</c> and <c>dbias = Σ g</c>
/// over the tokens. Means and r are kept.
/// </remarks>
internal sealed class HeadNormFunction : autograd.SingleTensorFunction<HeadNormFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(HeadNorm);

    /// <summary>Normalises, and records a gradient where one may be asked for.</summary>
    /// <param name="x">Heads <c>(B, H, S, W)</c>.</param>
    /// <param name="weight">Multiplier <c>(H·W)</c>.</param>
    /// <param name="bias"><c>(H·W)</c>.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="width">Vectors to compute with.</param>
    public static Tensor Run(Tensor x, Tensor weight, Tensor? bias, double eps, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        var y = TokenTensors.WantGradient(x, weight, bias)
            ? apply(x, weight, bias!, eps, width)
            : CpuHeadNorm.Forward(TokenTensors.Ready(x), weight.contiguous(), bias?.contiguous(), eps, keep: false, width).Out;
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight) = (TokenTensors.Ready((Tensor)vars[0]), ((Tensor)vars[1]).contiguous());
        var (bias, eps, width) = ((vars[2] as Tensor)?.contiguous(), (double)vars[3], (LaneWidth)vars[4]);
        var (y, statistics) = CpuHeadNorm.Forward(x, weight, bias, eps, keep: true, width);
        ctx.save_for_backward([x, weight, statistics!]);
        ctx.save_data("bias", bias is not null);
        ctx.save_data("width", width);
        return y;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        HandwrittenGradient.RefuseSecond(nameof(HeadNormReference));
        var saved = ctx.get_saved_variables();
        var (dx, sums) = CpuHeadNorm.Backward(
            saved[0], saved[1], saved[2], TokenTensors.Ready(grad_output), (LaneWidth)ctx.get_data("width")!);
        var (dWeight, dBias) = PartSums.Added(sums);
        return [dx, dWeight.squeeze(0), (bool)ctx.get_data("bias")! ? dBias : null!, null!, null!];
    }
}
