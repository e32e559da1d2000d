using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The squared error below <c>beta</c>, the absolute error above.</summary>
public sealed class SmoothL1Loss : Loss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss with its options.</summary>
    public SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1) : base(reduction) => this.beta = beta;

    /// <summary>Where the one passes into the other.</summary>
    public double beta { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => functional.smooth_l1_loss(input, target, reduction, beta);
}
