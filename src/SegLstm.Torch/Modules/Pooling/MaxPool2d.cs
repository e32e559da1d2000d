using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The largest value of each window of <c>(N, C, H, W)</c>.</summary>
public sealed class MaxPool2d : Module<Tensor, Tensor>
{
    internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode) : base(nameof(MaxPool2d))
        => (this.kernel_size, this.stride, this.padding, this.dilation, this.ceil_mode) = (kernel_size, stride, padding, dilation, ceil_mode);

    /// <summary>The window's size.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Steps between windows; the window where null.</summary>
    public long[]? stride { get; set; }

    /// <summary>Pixels added at each side.</summary>
    public long[]? padding { get; set; }

    /// <summary>Steps between the window's taps.</summary>
    public long[]? dilation { get; set; }

    /// <summary>Whether windows that reach over the border count.</summary>
    public bool ceil_mode { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);

    /// <summary>The largest values and where they stood, as flat int64 indices into each plane.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input)
        => functional.max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
}
