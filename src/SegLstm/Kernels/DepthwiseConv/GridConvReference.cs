using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv;

/// <summary>The depthwise convolution of tokens on their grid, on torch operators: the oracle of the faster form.</summary>
/// <remarks>Zero padding, same size. Source: NX-AI/vision-lstm, <c>SequenceConv2d</c>.</remarks>
public static class GridConvReference
{
    /// <summary>Convolves every channel on the grid.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>, row by row of the grid.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Tokens in a row; rows · columns = S.</param>
    /// <param name="weight">Taps <c>(E, 1, K, K')</c>, both odd.</param>
    /// <param name="bias"><c>(E)</c>; null: none.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="reverse">Whether the sequence is read from its last token on: the grid is seen rotated by 180°.</param>
    /// <returns>Tokens <c>(B, S, E)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(
        Tensor x, long rows, long columns, Tensor weight, Tensor? bias = null, bool silu = false, bool reverse = false)
    {
        DepthwiseConvShapes.CheckGrid(x, rows, columns, weight, bias);
        using var scope = NewDisposeScope();
        var image = (reverse ? x.flip(1) : x).transpose(1, 2).reshape(x.shape[0], x.shape[2], rows, columns);
        var y = nn.functional.conv2d(
            image, weight, bias, padding: [weight.shape[2] / 2, weight.shape[3] / 2], groups: x.shape[2]);
        y = (silu ? nn.functional.silu(y) : y).flatten(2).transpose(1, 2);
        return (reverse ? y.flip(1) : y).MoveToOuterDisposeScope();
    }
}
