using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x tanh(softplus(x)).</summary>
public sealed class Mish : Module<Tensor, Tensor>
{
    internal Mish(bool inplace) : base(nameof(Mish)) => this.inplace = inplace;

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.mish(tensor, inplace);
}
