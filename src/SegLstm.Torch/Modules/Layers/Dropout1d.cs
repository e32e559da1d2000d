using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Drops whole channels of <c>(N, C, L)</c> at random in training.</summary>
public sealed class Dropout1d : Module<Tensor, Tensor>
{
    internal Dropout1d(double p, bool inplace) : base(nameof(Dropout1d))
        => (this.p, this.inplace) = (p, inplace);

    /// <summary>The probability of being dropped.</summary>
    public double p { get; set; }

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.dropout1d(tensor, p, training, inplace);
}
