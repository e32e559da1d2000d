using SegLstm.Kernels.Mlstm.Cpu;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>The mLSTM on the CPU as a function with a gradient written by hand. Of the states, those between chunks are
/// kept.</summary>
internal sealed class MlstmFunction : autograd.MultiTensorFunction<MlstmFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(Mlstm);

    /// <summary>Runs a sequence, and records a gradient where one may be asked for.</summary>
    public static Tensor Run(MlstmTensors x, CpuMlstmOptions options)
    {
        return TokenTensors.WantGradient(x.Q, x.K, x.V, x.I, x.F)
            ? apply(x.Q, x.K, x.V, x.I, x.F, options)[0]
            : CpuMlstm.Forward(x, options, keep: false).H;
    }

    /// <inheritdoc/>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var x = Inputs([.. vars.Take(5).Cast<Tensor>()]);
        var options = (CpuMlstmOptions)vars[5];
        var results = CpuMlstm.Forward(x, options, keep: true);
        ctx.save_for_backward([x.Q, x.K, x.V, x.I, x.F, results.Dots, results.Kept, results.H]);
        ctx.save_data("options", options);
        return [results.H];
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        HandwrittenGradient.RefuseSecond(nameof(MlstmSequence));
        var saved = ctx.get_saved_variables();
        var gradient = TokenTensors.Ready(grad_outputs[0]);
        var gradients = CpuMlstm.Backward(
            Inputs(saved), new MlstmResults(saved[7], saved[5], saved[6]), gradient, (CpuMlstmOptions)ctx.get_data("options")!);
        return [gradients.Q, gradients.K, gradients.V, gradients.I, gradients.F, null!];
    }

    private static MlstmTensors Inputs(IReadOnlyList<Tensor> x) => new(x[0], x[1], x[2], x[3], x[4]);
}
