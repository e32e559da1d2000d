using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Cuts <c>(N, C, H, W)</c> into patches, as columns: <c>(N, C kh kw, patches)</c>.</summary>
public sealed class Unfold : Module<Tensor, Tensor>
{
    internal Unfold((long, long) kernel_size, (long, long) dilation, (long, long) padding, (long, long) stride) : base(nameof(Unfold))
        => (this.kernel_size, this.dilation, this.padding, this.stride) = (kernel_size, dilation, padding, stride);

    /// <summary>The patch's size.</summary>
    public (long, long) kernel_size { get; set; }

    /// <summary>Steps between a patch's pixels.</summary>
    public (long, long) dilation { get; set; }

    /// <summary>Pixels added at each side.</summary>
    public (long, long) padding { get; set; }

    /// <summary>Steps between patches.</summary>
    public (long, long) stride { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.unfold(tensor, kernel_size, dilation, padding, stride);
}
