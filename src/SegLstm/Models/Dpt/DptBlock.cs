using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Dpt;

/// <summary>A pre-norm transformer block. Names <c>norm1, attn, norm2, mlp</c>. Source: timm 0.4, <c>Block</c>.</summary>
internal sealed class DptBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly DptAttention attn;
    private readonly LayerNorm norm2;
    private readonly DptMlp mlp;

    public DptBlock(DptConfig config) : base(nameof(DptBlock))
    {
        norm1 = nn.LayerNorm(config.Dim, config.NormEps);
        attn = new DptAttention(config.Dim, config.Heads);
        norm2 = nn.LayerNorm(config.Dim, config.NormEps);
        mlp = new DptMlp(config.Dim, config.MlpRatio * config.Dim);
        RegisterComponents();
    }

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = x + attn.forward(norm1.forward(x));
        return (y + mlp.forward(norm2.forward(y))).MoveToOuterDisposeScope();
    }
}
