using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x where positive, else alpha (exp(x) - 1).</summary>
public sealed class ELU : Module<Tensor, Tensor>
{
    internal ELU(double alpha, bool inplace) : base(nameof(ELU)) => (this.alpha, this.inplace) = (alpha, inplace);

    /// <summary>Minus the limit for x to minus infinity.</summary>
    public double alpha { get; set; }

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.elu(tensor, alpha, inplace);
}
