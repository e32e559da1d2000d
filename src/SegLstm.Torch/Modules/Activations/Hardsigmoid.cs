using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>min(max(0, x + 3), 6) / 6.</summary>
public sealed class Hardsigmoid : Module<Tensor, Tensor>
{
    internal Hardsigmoid(bool inplace) : base(nameof(Hardsigmoid)) => this.inplace = inplace;

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.hardsigmoid(tensor, inplace);
}
