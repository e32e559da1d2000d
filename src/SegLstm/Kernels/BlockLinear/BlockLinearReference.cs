using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.BlockLinear;

/// <summary>A linear map with a block-diagonal matrix on torch operators: the oracle of the faster form, and what blocks of other
/// sizes than four take.</summary>
/// <remarks><c>y[.., b·n + o] = Σ_i W[b, o, i] x[.., b·n + i]</c> for blocks of n channels. Source: NX-AI/vision-lstm,
/// <c>LinearHeadwiseExpand</c>.</remarks>
public static class BlockLinearReference
{
    /// <summary>Maps tokens.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>.</param>
    /// <param name="weight">Blocks <c>(E/n, n, n)</c>: out, in.</param>
    /// <param name="bias">Added <c>(E)</c>; null: nothing.</param>
    /// <returns>Tokens <c>(B, S, E)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null)
    {
        Check(x, weight, bias);
        using var scope = NewDisposeScope();
        // One small product a block: (blocks, B·S, in) x (blocks, in, out).
        var grouped = x.reshape(-1, weight.shape[0], weight.shape[1]).transpose(0, 1);
        var y = grouped.bmm(weight.transpose(1, 2)).transpose(0, 1).reshape(x.shape);
        return (bias is null ? y : y + bias).MoveToOuterDisposeScope();
    }

    /// <summary>Throws unless the shapes fit each other.</summary>
    internal static void Check(Tensor x, Tensor weight, Tensor? bias)
    {
        if (weight.dim() != 3 || weight.shape[1] != weight.shape[2])
        {
            throw new ArgumentException($"weight: expected (blocks, n, n), got {TokenTensors.Text(weight)}.", nameof(weight));
        }

        var channels = weight.shape[0] * weight.shape[1];
        if (x.dim() != 3 || x.shape[2] != channels)
        {
            throw new ArgumentException(
                $"x: expected (B, S, {channels}) for blocks {TokenTensors.Text(weight)}, got {TokenTensors.Text(x)}.", nameof(x));
        }

        if (bias is not null && !bias.shape.SequenceEqual([channels]))
        {
            throw new ArgumentException($"bias: expected ({channels}), got {TokenTensors.Text(bias)}.", nameof(bias));
        }
    }
}
