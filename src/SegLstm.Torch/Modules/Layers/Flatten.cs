using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Merges neighbouring dimensions into one.</summary>
public sealed class Flatten : Module<Tensor, Tensor>
{
    internal Flatten(long start_dim, long end_dim) : base(nameof(Flatten))
        => (this.start_dim, this.end_dim) = (start_dim, end_dim);

    /// <summary>The first dimension that is merged.</summary>
    public long start_dim { get; set; }

    /// <summary>The last dimension that is merged.</summary>
    public long end_dim { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.flatten(start_dim, end_dim);
}
