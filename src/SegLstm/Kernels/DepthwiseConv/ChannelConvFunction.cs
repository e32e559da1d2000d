using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv;

/// <summary>The causal convolution on the CPU of tensors whose tokens are side by side, as a function with a gradient written by
/// hand, that of <see cref="DepthwiseConvFunction"/>.</summary>
internal sealed class ChannelConvFunction : autograd.SingleTensorFunction<ChannelConvFunction>
{
    /// <inheritdoc/>
    public override string Name => "ChannelConv";

    /// <summary>Convolves, and records a gradient where one may be asked for.</summary>
    /// <param name="x">Tokens <c>(B, E, S)</c>.</param>
    /// <param name="weight"><c>(E, 1, K)</c>.</param>
    /// <param name="bias"><c>(E)</c>.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="reverse">Whether the sequence is read from its last token on.</param>
    /// <param name="width">Vectors to compute with.</param>
    public static Tensor Run(Tensor x, Tensor weight, Tensor? bias, bool silu, bool reverse, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        var y = TokenTensors.WantGradient(x, weight, bias)
            ? apply(x, weight, bias!, silu, reverse, width)
            : CpuChannelConv.Forward(TokenTensors.Ready(x), weight.contiguous(), bias?.contiguous(), silu, reverse, width);
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight) = (TokenTensors.Ready((Tensor)vars[0]), ((Tensor)vars[1]).contiguous());
        var (bias, silu, reverse) = ((vars[2] as Tensor)?.contiguous(), (bool)vars[3], (bool)vars[4]);
        var width = (LaneWidth)vars[5];
        ctx.save_for_backward(bias is null ? [x, weight] : [x, weight, bias]);
        ctx.save_data("silu", silu);
        ctx.save_data("reverse", reverse);
        ctx.save_data("width", width);
        return CpuChannelConv.Forward(x, weight, bias, silu, reverse, width);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        HandwrittenGradient.RefuseSecond(nameof(CausalConvReference));
        var saved = ctx.get_saved_variables();
        var bias = saved.Count > 2 ? saved[2] : null;
        var (dx, dWeight, dBias) = CpuChannelConv.Backward(
            saved[0], saved[1], bias, TokenTensors.Ready(grad_output), (bool)ctx.get_data("silu")!,
            (bool)ctx.get_data("reverse")!, (LaneWidth)ctx.get_data("width")!);
        return [dx, dWeight, bias is null ? null! : dBias, null!, null!, null!];
    }
}
