using SegLstm.Kernels.DenseLinear.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DenseLinear;

/// <summary>The map on the CPU as a function with a gradient written by hand: <c>dx = g W</c>, <c>dW = gᵀ x</c> and
/// <c>db = Σ g</c> over the tokens.</summary>
internal sealed class DenseLinearFunction : autograd.SingleTensorFunction<DenseLinearFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(DenseLinear);

    /// <summary>Maps tokens, and records a gradient where one may be asked for.</summary>
    public static Tensor Run(Tensor x, Tensor weight, Tensor? bias, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        var y = TokenTensors.WantGradient(x, weight, bias)
            ? apply(x, weight, bias!, width)
            : CpuDenseLinear.Forward(TokenTensors.Ready(x), TokenTensors.Ready(weight), bias?.contiguous(), width);
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight) = (TokenTensors.Ready((Tensor)vars[0]), TokenTensors.Ready((Tensor)vars[1]));
        var (bias, width) = ((vars[2] as Tensor)?.contiguous(), (LaneWidth)vars[3]);
        ctx.save_for_backward([x, weight]);
        ctx.save_data("bias", bias is not null);
        ctx.save_data("width", width);
        return CpuDenseLinear.Forward(x, weight, bias, width);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (dx, dWeight, dBias) = is_grad_enabled()
            ? Recorded(saved[0], saved[1], grad_output)
            : CpuDenseLinear.Backward(
                saved[0], saved[1], TokenTensors.Ready(grad_output), (LaneWidth)ctx.get_data("width")!);
        return [dx, dWeight, (bool)ctx.get_data("bias")! ? dBias : null!, null!];
    }

    /// <summary>The same gradients on torch operators, which can be differentiated again.</summary>
    private static (Tensor X, Tensor Weight, Tensor Bias) Recorded(Tensor x, Tensor weight, Tensor gradient)
    {
        var flat = gradient.reshape(-1, weight.shape[0]);
        return (gradient.matmul(weight), flat.t().mm(x.reshape(-1, weight.shape[1])), flat.sum(dim: 0));
    }
}
