using SegLstm.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Convolution of <c>(N, C, L)</c>.</summary>
public sealed class Conv1d : Convolution
{
    private static readonly Operator s_convolution = new("aten::conv1d");
    private static readonly Operator s_byName = new("aten::conv1d", "padding");

    internal Conv1d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv1d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation,
            transposed: false, output_padding: [], groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Require(input, 1);
        return Convolve(s_convolution, s_byName, input);
    }
}
