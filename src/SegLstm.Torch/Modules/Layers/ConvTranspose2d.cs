using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Transposed convolution of <c>(N, C, H, W)</c>.</summary>
public sealed class ConvTranspose2d : ConvolutionTranspose
{
    internal ConvTranspose2d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] output_padding,
        long[] dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose2d), in_channels, out_channels, kernel_size, stride, padding, padding_type: null, dilation,
            transposed: true, output_padding, groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, long[]? output_size)
    {
        Require(input, 2);
        return functional.conv_transpose2d(input, _weight!, _bias, stride, padding, OutputPaddingFor(input, output_size), dilation, groups);
    }
}
