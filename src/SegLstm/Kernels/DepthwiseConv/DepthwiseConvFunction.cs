using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv;

/// <summary>The depthwise convolutions on the CPU as a function with a gradient written by hand.</summary>
/// <remarks>
/// With u the sum in front of SiLU and g the gradient of the outputs: <c>d = g · σ(u) (1 + u (1 - σ(u)))</c>, or g without SiLU;
/// <c>dw_j = Σ_t d_t x_{t+j}</c>, <c>dbias = Σ_t d_t</c>, and dx is d convolved with the turned kernel. Nothing but the inputs is
/// kept: u is computed again, which takes no longer than reading it.
/// </remarks>
internal sealed class DepthwiseConvFunction : autograd.SingleTensorFunction<DepthwiseConvFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(DepthwiseConv);

    /// <summary>Convolves, and records a gradient where one may be asked for.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>.</param>
    /// <param name="weight"><c>(E, 1, K)</c> or <c>(E, 1, K, K')</c>.</param>
    /// <param name="bias"><c>(E)</c>.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="width">Vectors to compute with.</param>
    public static Tensor Run(Tensor x, Tensor weight, Tensor? bias, ConvShape shape, bool silu, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        var y = TokenTensors.WantGradient(x, weight, bias)
            ? apply(x, weight, bias!, shape, silu, width)
            : CpuConv.Forward(TokenTensors.Ready(x), Taps(weight), bias?.contiguous(), shape, silu, width);
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, bias) = (TokenTensors.Ready((Tensor)vars[0]), (Tensor)vars[1], (vars[2] as Tensor)?.contiguous());
        var (shape, silu, width) = ((ConvShape)vars[3], (bool)vars[4], (LaneWidth)vars[5]);
        var taps = Taps(weight);
        ctx.save_for_backward(bias is null ? [x, taps] : [x, taps, bias]);
        ctx.save_data("weight", weight.shape);
        ctx.save_data("shape", shape);
        ctx.save_data("silu", silu);
        ctx.save_data("width", width);
        return CpuConv.Forward(x, taps, bias, shape, silu, width);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        HandwrittenGradient.RefuseSecond($"{nameof(CausalConvReference)} or {nameof(GridConvReference)}");
        var saved = ctx.get_saved_variables();
        var bias = saved.Count > 2 ? saved[2] : null;
        var (dx, sums) = CpuConv.Backward(
            saved[0], saved[1], bias, TokenTensors.Ready(grad_output), (ConvShape)ctx.get_data("shape")!,
            (bool)ctx.get_data("silu")!, (LaneWidth)ctx.get_data("width")!);
        var (dTaps, dBias) = PartSums.Added(sums);
        var dWeight = dTaps.transpose(0, 1).reshape((long[])ctx.get_data("weight")!);
        return [dx, dWeight, bias is null ? null! : dBias, null!, null!, null!];
    }

    /// <summary>Tap after tap, each of all channels: <c>(1, K, E)</c> or <c>(1, K, K', E)</c>.</summary>
    public static Tensor Taps(Tensor weight) =>
        (weight.dim() == 3 ? weight.permute(1, 2, 0) : weight.permute(1, 2, 3, 0)).contiguous();
}
