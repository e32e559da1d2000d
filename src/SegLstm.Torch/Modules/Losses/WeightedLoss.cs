using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp;

/// <summary>A loss of two inputs with weights.</summary>
/// <typeparam name="T1">The first input.</typeparam>
/// <typeparam name="T2">The second input.</typeparam>
/// <typeparam name="TResult">The loss.</typeparam>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    [ComponentName(Name = nameof(weight))] private readonly Tensor? _weight;

    /// <summary>A loss with weights, or none, and a way to reduce its elements. The weights move with the module.</summary>
    public WeightedLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) : base(reduction)
    {
        if (weight is null) return;
        _weight = weight.alias();
        register_buffer(nameof(weight), _weight);
    }

    /// <summary>The weights, or null.</summary>
    public Tensor? weight => _weight;
}
