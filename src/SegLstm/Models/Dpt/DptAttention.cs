using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Dpt;

/// <summary>Multi-head self-attention with one projection to queries, keys and values.</summary>
/// <remarks>Names <c>qkv, proj</c>. Source: timm 0.4, <c>Attention</c>.</remarks>
internal sealed class DptAttention : nn.Module<Tensor, Tensor>
{
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly int heads;

    public DptAttention(int dim, int heads) : base(nameof(DptAttention))
    {
        this.heads = heads;
        (qkv, proj) = (nn.Linear(dim, 3 * dim), nn.Linear(dim, dim));
        RegisterComponents();
    }

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (batch, tokens, dim) = (x.shape[0], x.shape[1], x.shape[2]);
        // (3, B, heads, S, D / heads)
        var parts = qkv.forward(x).view(batch, tokens, 3, heads, dim / heads).permute(2, 0, 3, 1, 4);
        var mixed = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
        return proj.forward(mixed.transpose(1, 2).reshape(batch, tokens, dim)).MoveToOuterDisposeScope();
    }
}
