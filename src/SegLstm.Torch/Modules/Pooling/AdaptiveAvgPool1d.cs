using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Means over windows chosen for a wanted output length.</summary>
public sealed class AdaptiveAvgPool1d : Module<Tensor, Tensor>
{
    internal AdaptiveAvgPool1d(long output_size) : base(nameof(AdaptiveAvgPool1d)) => this.output_size = output_size;

    /// <summary>The output's length.</summary>
    public long output_size { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.adaptive_avg_pool1d(input, output_size);
}
