using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Binary cross entropy of probabilities.</summary>
public sealed class BCELoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss with its options.</summary>
    public BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) : base(weight, reduction)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => functional.binary_cross_entropy(input, target, weight, reduction);
}
