using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The Kullback-Leibler divergence of log probabilities from the target. Mind: the target is taken as log probabilities by default.</summary>
public sealed class KLDivLoss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss with its options.</summary>
    public KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean) : base(reduction) => this.log_target = log_target;

    /// <summary>Whether the target is given as log probabilities.</summary>
    public bool log_target { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => functional.kl_div(input, target, log_target, reduction);
}
