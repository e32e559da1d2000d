using SegLstm.Kernels.SkipGate.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SkipGate;

/// <summary>The gate on the CPU as a function with a gradient written by hand.</summary>
/// <remarks>With <c>u = h + skip · c</c>, s = σ(z) and g the gradient of the outputs: <c>dh = g z s</c>, <c>dc = dh · skip</c>,
/// <c>dskip = Σ dh c</c> over the tokens, <c>dz = g u (s + z s (1 - s))</c>. Nothing but the inputs is kept.</remarks>
internal sealed class SkipGateFunction : autograd.SingleTensorFunction<SkipGateFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(SkipGate);

    /// <summary>Gates, and records a gradient where one may be asked for.</summary>
    /// <param name="h">Cell's output <c>(B, S, E)</c>.</param>
    /// <param name="c">What goes round the cell <c>(B, S, E)</c>.</param>
    /// <param name="skip">Its weights <c>(E)</c>.</param>
    /// <param name="z">Gate <c>(B, S, E)</c>.</param>
    /// <param name="width">Vectors to compute with.</param>
    public static Tensor Run(Tensor h, Tensor c, Tensor skip, Tensor z, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        var y = TokenTensors.WantGradient(h, c, skip, z)
            ? apply(h, c, skip, z, width)
            : CpuSkipGate.Forward(
                TokenTensors.Ready(h), TokenTensors.Ready(c), skip.contiguous(), TokenTensors.Ready(z), width);
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor At(int place) => TokenTensors.Ready((Tensor)vars[place]);
        var (h, c, skip, z, width) = (At(0), At(1), At(2), At(3), (LaneWidth)vars[4]);
        ctx.save_for_backward([h, c, skip, z]);
        ctx.save_data("width", width);
        return CpuSkipGate.Forward(h, c, skip, z, width);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        HandwrittenGradient.RefuseSecond(nameof(SkipGateReference));
        var saved = ctx.get_saved_variables();
        var (dh, dc, dz, sums) = CpuSkipGate.Backward(
            saved[0], saved[1], saved[2], saved[3], TokenTensors.Ready(grad_output), (LaneWidth)ctx.get_data("width")!);
        return [dh, dc, sums.sum(dim: 0), dz, null!];
    }
}
