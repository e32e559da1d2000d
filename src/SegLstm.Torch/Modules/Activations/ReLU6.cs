using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>min(max(0, x), 6).</summary>
public sealed class ReLU6 : Module<Tensor, Tensor>
{
    internal ReLU6(bool inplace) : base(nameof(ReLU6)) => this.inplace = inplace;

    /// <summary>Whether the input itself is changed.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.relu6(tensor, inplace);
}
