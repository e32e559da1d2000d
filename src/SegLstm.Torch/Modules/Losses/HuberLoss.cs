using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The squared error below <c>delta</c>, <c>delta</c> times the absolute error above.</summary>
public sealed class HuberLoss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss with its options.</summary>
    public HuberLoss(double delta = 1, Reduction reduction = Reduction.Mean) : base(reduction) => this.delta = delta;

    /// <summary>Where the one passes into the other.</summary>
    public double delta { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => functional.huber_loss(input, target, delta, reduction);
}
