using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DenseLinear;

/// <summary>The affine map of the last dimension on torch operators: the oracle of the faster form.</summary>
/// <remarks><c>y = x Wᵀ + b</c>, as <c>nn.Linear</c> computes it.</remarks>
public static class DenseLinearReference
{
    /// <summary>Maps tokens.</summary>
    /// <param name="x">Tokens <c>(..., in)</c>.</param>
    /// <param name="weight"><c>(out, in)</c>.</param>
    /// <param name="bias"><c>(out)</c>; null: none.</param>
    /// <returns>Tokens <c>(..., out)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias = null)
    {
        Check(x, weight, bias);
        return nn.functional.linear(x, weight, bias);
    }

    /// <summary>Throws unless the shapes fit each other.</summary>
    internal static void Check(Tensor x, Tensor weight, Tensor? bias)
    {
        if (weight.dim() != 2)
        {
            throw new ArgumentException($"weight: expected (out, in), got {TokenTensors.Text(weight)}.", nameof(weight));
        }

        if (x.dim() == 0 || x.shape[^1] != weight.shape[1])
        {
            throw new ArgumentException(
                $"x: expected (..., {weight.shape[1]}) for a weight of {TokenTensors.Text(weight)}, got {TokenTensors.Text(x)}.",
                nameof(x));
        }

        if (bias is not null && (bias.dim() != 1 || bias.shape[0] != weight.shape[0]))
        {
            throw new ArgumentException(
                $"bias: expected ({weight.shape[0]}) for a weight of {TokenTensors.Text(weight)}, got {TokenTensors.Text(bias)}.",
                nameof(bias));
        }
    }
}
