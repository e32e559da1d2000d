using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.HeadNorm;

/// <summary>The norm of every head of every token on torch operators: the oracle of the faster form.</summary>
/// <remarks><c>y = weight · (x - mean) / sqrt(variance + eps) + bias</c>, mean and variance over the W channels of a head.
/// Source: NX-AI/vision-lstm, <c>MultiHeadLayerNorm</c>.</remarks>
public static class HeadNormReference
{
    /// <summary>Normalises and joins the heads.</summary>
    /// <param name="x">Heads <c>(B, H, S, W)</c>.</param>
    /// <param name="weight">Multiplier <c>(H·W)</c>.</param>
    /// <param name="bias"><c>(H·W)</c>; null: none.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <returns>Tokens <c>(B, S, H·W)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null, double eps = 1e-5)
    {
        Check(x, weight, bias);
        using var scope = NewDisposeScope();
        var (batch, heads, tokens, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var y = nn.functional.group_norm(
            x.transpose(1, 2).reshape(batch * tokens, heads * width), heads, weight, bias, eps);
        return y.view(batch, tokens, heads * width).MoveToOuterDisposeScope();
    }

    /// <summary>Throws unless the shapes fit each other.</summary>
    internal static void Check(Tensor x, Tensor weight, Tensor? bias)
    {
        if (x.dim() != 4 || x.numel() == 0)
        {
            throw new ArgumentException(
                $"x: expected (B, H, S, W) with at least one token, got {TokenTensors.Text(x)}.", nameof(x));
        }

        foreach (var (name, parameter) in new[] { (nameof(weight), weight), (nameof(bias), bias) })
        {
            if (parameter is not null && (parameter.dim() != 1 || parameter.shape[0] != x.shape[1] * x.shape[3]))
            {
                throw new ArgumentException(
                    $"{name}: expected ({x.shape[1] * x.shape[3]}) for the heads of x, got {TokenTensors.Text(parameter)}.",
                    name);
            }
        }
    }
}
