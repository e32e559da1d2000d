using SegLstm.Kernels.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Trades time for memory in training: what a block computes inside is forgotten, and computed again for its
/// gradient.</summary>
/// <remarks>
/// Random numbers (dropout, stochastic depth) and mixed precision are the same both times. Parameters get their gradients by
/// <c>backward()</c>; <c>autograd.grad</c> with respect to a block's parameters finds nothing. Batch norms inside go through
/// <see cref="Normalise"/>, so that their running statistics move once a step, not twice.
/// Source: Chen et al. (arXiv 1604.06174); PyTorch's reentrant <c>checkpoint</c>.
/// </remarks>
public static class ActivationCheckpoint
{
    // A thread of its own runs the backward pass of an accelerator, so the mark belongs to the thread.
    [ThreadStatic]
    private static bool recomputing;

    /// <summary>Runs a block of one input.</summary>
    /// <param name="enabled">False, or where no gradient is recorded: the block simply runs.</param>
    /// <param name="block">The block.</param>
    /// <param name="x">Its input.</param>
    public static Tensor Run(bool enabled, Func<Tensor, Tensor> block, Tensor x) =>
        Run(enabled, inputs => [block(inputs[0])], [x])[0];

    /// <summary>Runs a block of several inputs and outputs.</summary>
    /// <param name="enabled">False, or where no gradient is recorded: the block simply runs.</param>
    /// <param name="block">The block.</param>
    /// <param name="inputs">Its inputs.</param>
    public static Tensor[] Run(bool enabled, Func<Tensor[], Tensor[]> block, Tensor[] inputs) =>
        enabled && is_grad_enabled() && inputs.Any(input => input.requires_grad)
            ? [.. Recomputed.apply([block, .. inputs])]
            : block(inputs);

    /// <summary>Batch norm for a block that may be computed again: then it normalises by the batch as before, but leaves the
    /// running statistics and their count alone.</summary>
    /// <param name="norm">The norm.</param>
    /// <param name="x"><c>(N, C, h, w)</c>.</param>
    /// <returns><c>(N, C, h, w)</c>.</returns>
    public static Tensor Normalise(BatchNorm2d norm, Tensor x)
    {
        if (!recomputing || !norm.training) return norm.call(x);
#if !TORCHSHARP
        if (norm.process_group is { } group) return nn.SyncBatchNorm.normalise(norm, x, group);
#endif
        return nn.functional.batch_norm(x, null, null, norm.weight, norm.bias, training: true, eps: norm.eps);
    }

    private sealed class Recomputed : autograd.MultiTensorFunction<Recomputed>
    {
        public override string Name => nameof(ActivationCheckpoint);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var block = (Func<Tensor[], Tensor[]>)vars[0];
            Tensor[] inputs = [.. vars.Skip(1).Cast<Tensor>()];
            ctx.save_data("block", block);
            ctx.save_data("random", get_rng_state().DetachFromDisposeScope());
            ctx.save_data("mixed", MixedPrecision.IsOn);
            ctx.save_for_backward([.. inputs]);
            return [.. block(inputs)];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var block = (Func<Tensor[], Tensor[]>)ctx.get_data("block")!;
            var random = (Tensor)ctx.get_data("random")!;
            Tensor[] inputs = [.. ctx.get_saved_variables().Select(saved => saved.detach().requires_grad_(saved.requires_grad))];
            using var now = get_rng_state();
            set_rng_state(random);
            var outer = recomputing;
            recomputing = true;
            Tensor[] outputs;
            try
            {
                using (enable_grad())
                using ((bool)ctx.get_data("mixed")! ? MixedPrecision.Begin() : null)
                {
                    outputs = block(inputs);
                }
            }
            finally
            {
                recomputing = outer;
                set_rng_state(now);
            }

            autograd.backward(outputs, grad_outputs);
            return [null!, .. inputs.Select(input => input.requires_grad ? input.grad! : null!)];
        }
    }
}
