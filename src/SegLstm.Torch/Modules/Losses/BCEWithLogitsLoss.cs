using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Binary cross entropy of logits, computed without overflow.</summary>
public sealed class BCEWithLogitsLoss : WeightedLoss<Tensor, Tensor, Tensor>
{
    [ComponentName(Name = nameof(pos_weights))] private readonly Tensor? _positiveWeights;

    /// <summary>The loss with its options.</summary>
    public BCEWithLogitsLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) : base(weight, reduction)
    {
        if (pos_weights is null) return;
        _positiveWeights = pos_weights.alias();
        register_buffer(nameof(pos_weights), _positiveWeights);
    }

    /// <summary>The weight of positive targets, or null.</summary>
    public Tensor? pos_weights => _positiveWeights;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target)
        => functional.binary_cross_entropy_with_logits(input, target, weight, reduction, _positiveWeights);
}
