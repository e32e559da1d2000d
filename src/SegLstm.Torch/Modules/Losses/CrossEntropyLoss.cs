using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Cross entropy of logits <c>(N, C, *)</c> and int64 class indices <c>(N, *)</c> or class probabilities <c>(N, C, *)</c>.</summary>
public sealed class CrossEntropyLoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    /// <summary>The loss with its options.</summary>
    public CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean, double label_smoothing = 0) : base(weight, reduction)
        => (this.ignore_index, this.label_smoothing) = (ignore_index, label_smoothing);

    /// <summary>The class index that does not count; -100 where null.</summary>
    public long? ignore_index { get; }

    /// <summary>The share of the target spread evenly over all classes.</summary>
    public double label_smoothing { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => functional.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
}
