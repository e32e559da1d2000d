using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Maxima over windows chosen for a wanted output size.</summary>
public sealed class AdaptiveMaxPool2d : Module<Tensor, Tensor>
{
    internal AdaptiveMaxPool2d(long[] output_size) : base(nameof(AdaptiveMaxPool2d)) => this.output_size = output_size;

    /// <summary>The output's height and width.</summary>
    public long[] output_size { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.adaptive_max_pool2d(input, output_size);

    /// <summary>The largest values and where they stood, as flat int64 indices into each plane.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) => functional.adaptive_max_pool2d_with_indices(input, output_size);
}
