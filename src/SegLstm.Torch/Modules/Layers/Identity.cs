using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The input, as a new handle to the same data.</summary>
public sealed class Identity : Module<Tensor, Tensor>
{
    internal Identity() : base(nameof(Identity))
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => tensor.alias();
}
