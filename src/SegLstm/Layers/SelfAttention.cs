using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Multi-head self-attention on what one linear layer made of the tokens: softmax(q·kᵀ/√d + bias)·v.</summary>
/// <remarks>Source: Attention is all you need (arXiv 1706.03762), equation 1; timm, <c>Attention</c>.</remarks>
public static class SelfAttention
{
    /// <summary>Mixes the tokens of every sequence.</summary>
    /// <param name="qkv"><c>(..., N, 3D)</c>: queries, keys and values one after the other, each head by head.</param>
    /// <param name="heads">Heads; must divide D.</param>
    /// <param name="bias">Added to the scaled products; broadcasts to <c>(..., heads, N, N)</c>.</param>
    /// <returns><c>(..., N, D)</c>, heads side by side.</returns>
    public static Tensor Compute(Tensor qkv, long heads, Tensor? bias = null)
    {
        using var scope = NewDisposeScope();
        var width = qkv.shape[^1] / (3 * heads);
        var split = qkv.unflatten(-1, 3, heads, width);
        Tensor Part(long index) => split.select(-3, index).transpose(-3, -2);
        var products = matmul(Part(0) * (1 / Math.Sqrt(width)), Part(1).transpose(-2, -1));
        var weights = nn.functional.softmax(bias is null ? products : products + bias, -1);
        return matmul(weights, Part(2)).transpose(-3, -2).flatten(-2).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds on one sequence: both products, the scale of the queries, the softmax.</summary>
    /// <param name="tokens">Tokens N.</param>
    /// <param name="dim">Token width D.</param>
    /// <param name="heads">Heads.</param>
    public static double MultiplyAdds(double tokens, double dim, double heads) =>
        (2 * tokens * tokens * dim) + (tokens * dim) + (heads * tokens * tokens);
}
