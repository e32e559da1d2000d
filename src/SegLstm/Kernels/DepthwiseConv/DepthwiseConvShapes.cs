using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv;

/// <summary>What all forms of the depthwise convolutions ask of their inputs.</summary>
internal static class DepthwiseConvShapes
{
    /// <summary>Throws unless the shapes of a causal convolution fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which and what would.</exception>
    public static void CheckCausal(Tensor x, int channelDimension, Tensor weight, Tensor? bias)
    {
        CheckTokens(x, channelDimension, bias);
        var channels = x.shape[channelDimension];
        if (weight.dim() != 3 || weight.shape[0] != channels || weight.shape[1] != 1 || weight.shape[2] < 1)
        {
            throw new ArgumentException(
                $"weight: expected ({channels}, 1, K) for the channels of x, got {TokenTensors.Text(weight)}.", nameof(weight));
        }
    }

    /// <summary>Throws unless the shapes of a convolution on a grid fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which and what would.</exception>
    public static void CheckGrid(Tensor x, long rows, long columns, Tensor weight, Tensor? bias)
    {
        CheckTokens(x, 2, bias);
        if (rows < 1 || columns < 1 || rows * columns != x.shape[1])
        {
            throw new ArgumentException(
                $"x: expected {rows} x {columns} tokens, got {TokenTensors.Text(x)}: {x.shape[1]} tokens do not fill a grid of "
                + $"{rows} rows and {columns} columns.", nameof(x));
        }

        if (weight.dim() != 4 || weight.shape[0] != x.shape[2] || weight.shape[1] != 1 || weight.shape[2] % 2 != 1
            || weight.shape[3] % 2 != 1)
        {
            throw new ArgumentException(
                $"weight: expected ({x.shape[2]}, 1, K, K) for the channels of x with K odd, got {TokenTensors.Text(weight)}.",
                nameof(weight));
        }
    }

    private static void CheckTokens(Tensor x, int channelDimension, Tensor? bias)
    {
        if (x.dim() != 3 || x.numel() == 0)
        {
            var shape = channelDimension == 2 ? "(B, S, E)" : "(B, E, S)";
            throw new ArgumentException($"x: expected {shape} with at least one token, got {TokenTensors.Text(x)}.", nameof(x));
        }

        if (bias is not null && (bias.dim() != 1 || bias.shape[0] != x.shape[channelDimension]))
        {
            throw new ArgumentException(
                $"bias: expected ({x.shape[channelDimension]}) for the channels of x, got {TokenTensors.Text(bias)}.",
                nameof(bias));
        }
    }
}
