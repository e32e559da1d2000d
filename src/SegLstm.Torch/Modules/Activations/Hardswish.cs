using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x min(max(0, x + 3), 6) / 6.</summary>
public sealed class Hardswish : Module<Tensor, Tensor>
{
    internal Hardswish(bool inplace) : base(nameof(Hardswish)) => this.inplace = inplace;

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.hardswish(tensor, inplace);
}
