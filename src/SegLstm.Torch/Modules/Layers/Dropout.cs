using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Sets elements to zero at random in training and scales the rest up, so that the mean stays.</summary>
public sealed class Dropout : Module<Tensor, Tensor>
{
    internal Dropout(double p, bool inplace) : base(nameof(Dropout))
        => (this.p, this.inplace) = (p, inplace);

    /// <summary>The probability of being dropped.</summary>
    public double p { get; set; }

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.dropout(tensor, p, training, inplace);
}
