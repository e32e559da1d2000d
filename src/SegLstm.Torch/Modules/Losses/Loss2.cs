using static TorchSharp.torch.nn;

namespace TorchSharp;

/// <summary>A loss of two inputs.</summary>
/// <typeparam name="T1">The first input.</typeparam>
/// <typeparam name="T2">The second input.</typeparam>
/// <typeparam name="TResult">The loss.</typeparam>
public abstract class Loss<T1, T2, TResult> : Module<T1, T2, TResult>
{
    /// <summary>A loss with a way to reduce its elements.</summary>
    public Loss(Reduction reduction = Reduction.Mean) : base("") => this.reduction = reduction;

    /// <summary>What becomes of the loss's elements.</summary>
    public Reduction reduction { get; }
}
