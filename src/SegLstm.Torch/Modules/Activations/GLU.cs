using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>One half of a dimension times the sigmoid of the other half (Dauphin et al. 2016).</summary>
public sealed class GLU : Module<Tensor, Tensor>
{
    internal GLU(long dim) : base(nameof(GLU)) => this.dim = dim;

    /// <summary>The dimension that is halved.</summary>
    public long dim { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.glu(tensor, dim);
}
