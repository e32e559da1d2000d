using SegLstm.Kernels.SelectiveScan.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>The scan on the CPU as a function with a gradient written by hand.</summary>
/// <remarks>
/// With g the gradient of y, back from the last token: <c>λ_t = C_t g_t + e_{t+1} λ_{t+1}</c>; <c>dC_t = Σ g_t x_t</c> and
/// <c>dB_t = Σ λ_t Δ'_t u_t</c> over the channels of a group; <c>du = D g + Δ' (λ·B)</c>; <c>dA = Σ_t λ_t x_{t-1} e_t Δ'_t</c>;
/// <c>dΔ' = Σ_n λ (x_{t-1} e_t A + B u)</c>. Of the states, one every 32 tokens is kept.
/// </remarks>
internal sealed class SelectiveScanFunction : autograd.MultiTensorFunction<SelectiveScanFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(SelectiveScan);

    /// <summary>Scans contiguous tensors, and records a gradient where one may be asked for.</summary>
    /// <param name="x">Inputs; weights that differ from token to token still as <c>(B, G, N, L)</c>.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>Outputs <c>(B, D, L)</c> and last state <c>(B, D, N)</c>; with orders <c>(B, L, D)</c> and <c>(B, K·D, N)</c>.</returns>
    public static (Tensor Out, Tensor LastState) Run(ScanTensors x, LaneWidth width)
    {
        object[] arguments = [x.U, x.Delta, x.A, x.B, x.C, x.D!, x.Z!, x.DeltaBias!, x.Softplus, x.Reverse, x.Orders!, width];
        if (is_grad_enabled() && arguments.Any(argument => argument is Tensor { requires_grad: true }))
        {
            var results = apply(arguments);
            return (results[0], results[1]);
        }

        using var scope = NewDisposeScope();
        var (y, last, _) = CpuScan.Forward(x.TokensFirst(), keep: false, width);
        return (y.MoveToOuterDisposeScope(), last.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor? At(int place) => vars[place] as Tensor;
        var x = new ScanTensors(
            At(0)!, At(1)!, At(2)!, At(3)!, At(4)!, At(5), At(6), At(7), (bool)vars[8], (bool)vars[9], (TokenOrders?)vars[10]);
        x = x.TokensFirst();
        var width = (LaneWidth)vars[11];
        var (y, last, kept) = CpuScan.Forward(x, keep: true, width);
        List<Tensor> saved = [kept, x.U, x.Delta, x.A, x.B, x.C];
        foreach (var (name, optional) in new[] { ("d", x.D), ("z", x.Z), ("bias", x.DeltaBias) })
        {
            if (optional is not null)
            {
                ctx.save_data(name, saved.Count);
                saved.Add(optional);
            }
        }

        ctx.save_for_backward(saved);
        ctx.save_data("softplus", x.Softplus);
        ctx.save_data("reverse", x.Reverse);
        ctx.save_data("orders", x.Orders!);
        ctx.save_data("width", width);
        return [y, last];
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        HandwrittenGradient.RefuseSecond(nameof(SelectiveScanReference));
        var saved = ctx.get_saved_variables();
        Tensor? Optional(string name) => ctx.get_data(name) is int place ? saved[place] : null;
        var x = new ScanTensors(
            saved[1], saved[2], saved[3], saved[4], saved[5], Optional("d"), Optional("z"), Optional("bias"),
            (bool)ctx.get_data("softplus")!, (bool)ctx.get_data("reverse")!, (TokenOrders?)ctx.get_data("orders"));
        var gradients = CpuScan.Backward(
            x, saved[0], grad_outputs[0].contiguous(), grad_outputs[1].contiguous(), (LaneWidth)ctx.get_data("width")!);
        return
        [
            gradients.U, gradients.Delta, gradients.A, x.WeightGradient(gradients.B), x.WeightGradient(gradients.C),
            x.D is null ? null! : gradients.D!, x.Z is null ? null! : gradients.Z!,
            x.DeltaBias is null ? null! : gradients.DeltaBias!, null!, null!, null!, null!,
        ];
    }
}
