using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A transposed convolution: the gradient of a convolution used as a layer, to enlarge feature maps.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    /// <summary>A transposed convolution; one number a spatial dimension in each list.</summary>
    protected ConvolutionTranspose(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
        Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias,
        PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed, output_padding, groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => forward(input, null);

    /// <summary>Enlarges <paramref name="input"/> to <paramref name="output_size"/>, which settles what a stride above 1 leaves open.</summary>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    /// <summary>The output padding that gives <paramref name="output_size"/>.</summary>
    /// <exception cref="ArgumentException">No output padding below the stride gives that size.</exception>
    private protected long[] OutputPaddingFor(Tensor input, long[]? output_size)
    {
        if (output_size is null) return output_padding;
        var space = kernel_size.Length;
        var first = (int)input.dim() - space;
        if (output_size.Length == first + space) output_size = output_size[first..];
        if (output_size.Length != space)
            throw new ArgumentException($"{GetName()}: output_size must have {space} or {first + space} entries; got {output_size.Length}.", nameof(output_size));

        var extra = new long[space];
        for (var k = 0; k < space; k++)
        {
            var least = (input.size(first + k) - 1) * stride[k] - 2 * padding![k] + dilation[k] * (kernel_size[k] - 1) + 1;
            extra[k] = output_size[k] - least;
            if (extra[k] < 0 || extra[k] >= stride[k])
                throw new ArgumentException($"{GetName()}: output_size of dimension {k} can be {least} to {least + stride[k] - 1}; got {output_size[k]}.", nameof(output_size));
        }
        return extra;
    }
}
