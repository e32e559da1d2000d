using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Attention;

/// <summary>Multi-head self-attention on torch operators: the oracle of the faster form.</summary>
/// <remarks><c>softmax(q kᵀ / √d + bias) v</c>, head by head. Source: Attention is all you need (arXiv 1706.03762), equation 1; timm,
/// <c>Attention</c>.</remarks>
public static class AttentionReference
{
    /// <summary>Mixes the tokens of every sequence.</summary>
    /// <param name="qkv"><c>(..., N, 3D)</c>: queries, keys and values one after the other, each head by head.</param>
    /// <param name="heads">Heads; must divide D.</param>
    /// <param name="bias">Added to the scaled products; broadcasts to <c>(..., heads, N, N)</c>. Null: nothing.</param>
    /// <returns><c>(..., N, D)</c>, heads side by side.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(Tensor qkv, long heads, Tensor? bias = null)
    {
        Check(qkv, heads, bias);
        using var scope = NewDisposeScope();
        var width = qkv.shape[^1] / (3 * heads);
        var split = qkv.unflatten(-1, 3, heads, width);
        Tensor Part(long index) => split.select(-3, index).transpose(-3, -2);
        var products = matmul(Part(0) * (1 / Math.Sqrt(width)), Part(1).transpose(-2, -1));
        var weights = nn.functional.softmax(bias is null ? products : products + bias, -1);
        return matmul(weights, Part(2)).transpose(-3, -2).flatten(-2).MoveToOuterDisposeScope();
    }

    /// <summary>Throws unless the shapes fit each other.</summary>
    internal static void Check(Tensor qkv, long heads, Tensor? bias)
    {
        if (heads < 1 || qkv.dim() < 2 || qkv.shape[^1] % (3 * heads) != 0)
        {
            throw new ArgumentException(
                $"qkv: expected (..., N, 3D) with D a multiple of {heads} heads, got {TokenTensors.Text(qkv)}.", nameof(qkv));
        }

        if (bias is null)
        {
            return;
        }

        var (tokens, shape) = (qkv.shape[^2], bias.shape);
        long[] full = [.. qkv.shape[..^2], heads, tokens, tokens];
        var fits = shape.Length is >= 2 && shape.Length <= full.Length
            && shape.Reverse().Zip(full.Reverse()).All(pair => pair.First == pair.Second || pair.First == 1);
        if (!fits)
        {
            throw new ArgumentException(
                $"bias: expected what broadcasts to ({string.Join(", ", full)}), got {TokenTensors.Text(bias)}.", nameof(bias));
        }
    }
}
