using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Means over windows chosen for a wanted output size.</summary>
public sealed class AdaptiveAvgPool2d : Module<Tensor, Tensor>
{
    internal AdaptiveAvgPool2d(long[] output_size) : base(nameof(AdaptiveAvgPool2d)) => this.output_size = output_size;

    /// <summary>The output's height and width.</summary>
    public long[] output_size { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.adaptive_avg_pool2d(input, output_size);
}
