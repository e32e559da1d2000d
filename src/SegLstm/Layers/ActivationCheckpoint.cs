using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Trades time for memory in training: what a block computes inside is forgotten, and computed again for its
/// gradient.</summary>
/// <remarks>
/// Random numbers (dropout, stochastic depth) are the same both times. Parameters get their gradients by <c>backward()</c>;
/// <c>autograd.grad</c> with respect to a block's parameters finds nothing. Running statistics of batch norms would move twice:
/// wrap blocks without them. Source: Chen et al. (arXiv 1604.06174); PyTorch's reentrant <c>checkpoint</c>.
/// </remarks>
public static class ActivationCheckpoint
{
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

    private sealed class Recomputed : autograd.MultiTensorFunction<Recomputed>
    {
        public override string Name => nameof(ActivationCheckpoint);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var block = (Func<Tensor[], Tensor[]>)vars[0];
            Tensor[] inputs = [.. vars.Skip(1).Cast<Tensor>()];
            ctx.save_data("block", block);
            ctx.save_data("random", get_rng_state().DetachFromDisposeScope());
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
            Tensor[] outputs;
            try
            {
                using (enable_grad())
                {
                    outputs = block(inputs);
                }
            }
            finally
            {
                set_rng_state(now);
            }

            autograd.backward(outputs, grad_outputs);
            return [null!, .. inputs.Select(input => input.requires_grad ? input.grad! : null!)];
        }
    }
}
