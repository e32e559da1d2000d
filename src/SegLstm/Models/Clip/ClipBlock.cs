using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Clip;

/// <summary>A block of CLIP's transformers: <c>x + attn(ln_1(x))</c>, then <c>x + mlp(ln_2(x))</c>.</summary>
/// <remarks>Names <c>ln_1, attn, ln_2, mlp</c>. Source: openai/CLIP, <c>model.py</c>, <c>ResidualAttentionBlock</c>.</remarks>
internal sealed class ClipBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly LayerNorm ln_1;
    private readonly ClipAttention attn;
    private readonly LayerNorm ln_2;
    private readonly ClipMlp mlp;

    public ClipBlock(int width, int heads, int layers) : base(nameof(ClipBlock))
    {
        ln_1 = nn.LayerNorm(width);
        attn = new ClipAttention(width, heads, layers);
        ln_2 = nn.LayerNorm(width);
        mlp = new ClipMlp(width, layers);
        RegisterComponents();
    }

    /// <summary><c>(N, L, W)</c> to <c>(N, L, W)</c>; the mask <c>(L, L)</c> is added to the scaled products.</summary>
    public override Tensor forward(Tensor x, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        x = x + attn.call(ln_1.call(x), mask);
        return (x + mlp.call(ln_2.call(x))).MoveToOuterDisposeScope();
    }
}
