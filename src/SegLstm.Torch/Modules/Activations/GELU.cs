using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x Φ(x), with the normal distribution function Φ (Hendrycks and Gimpel 2016).</summary>
public sealed class GELU : Module<Tensor, Tensor>
{
    internal GELU(bool inplace) : base(nameof(GELU)) => this.inplace = inplace;

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.gelu(tensor, inplace);
}
