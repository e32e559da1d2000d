using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The mean of each window of <c>(N, C, H, W)</c>.</summary>
public sealed class AvgPool2d : Module<Tensor, Tensor>
{
    internal AvgPool2d(long[] kernel_size, long[]? stride, long[]? padding, bool ceil_mode, bool count_include_pad, long? divisor_override) : base(nameof(AvgPool2d))
        => (this.kernel_size, this.stride, this.padding, this.ceil_mode, this.count_include_pad, this.divisor_override) = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);

    /// <summary>The window's size.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Steps between windows; the window where null.</summary>
    public long[]? stride { get; set; }

    /// <summary>Pixels added at each side.</summary>
    public long[]? padding { get; set; }

    /// <summary>Whether windows that reach over the border count.</summary>
    public bool ceil_mode { get; set; }

    /// <summary>Whether padding counts in the mean.</summary>
    public bool count_include_pad { get; set; }

    /// <summary>Divides the sum instead of the number of values.</summary>
    public long? divisor_override { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
}
