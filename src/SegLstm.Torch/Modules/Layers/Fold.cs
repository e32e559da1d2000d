using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Adds patches back up to an image: the reverse of <see cref="Unfold"/>.</summary>
public sealed class Fold : Module<Tensor, Tensor>
{
    internal Fold((long, long) output_size, (long, long) kernel_size, (long, long) dilation, (long, long) padding, (long, long) stride) : base(nameof(Fold))
        => (this.output_size, this.kernel_size, this.dilation, this.padding, this.stride) = (output_size, kernel_size, dilation, padding, stride);

    /// <summary>The image's size.</summary>
    public (long, long) output_size { get; set; }

    /// <summary>The patch's size.</summary>
    public (long, long) kernel_size { get; set; }

    /// <summary>Steps between a patch's pixels.</summary>
    public (long, long) dilation { get; set; }

    /// <summary>Pixels added at each side.</summary>
    public (long, long) padding { get; set; }

    /// <summary>Steps between patches.</summary>
    public (long, long) stride { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.fold(tensor, output_size, kernel_size, dilation, padding, stride);
}
