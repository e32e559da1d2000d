using SegLstm.Kernels.Attention;
using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>Multi-head self-attention under timm's names.</summary>
/// <remarks>Names <c>qkv, proj</c>. Source: timm, <c>Attention</c>.</remarks>
public sealed class VitAttention : nn.Module<Tensor, Tensor>
{
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly long heads;

    /// <summary>Makes the layer.</summary>
    /// <param name="dim">Token width D.</param>
    /// <param name="heads">Heads; must divide D.</param>
    /// <param name="bias">Bias of queries, keys and values.</param>
    public VitAttention(long dim, long heads, bool bias = true) : base(nameof(VitAttention))
    {
        this.heads = heads;
        qkv = TransformerLinear.Make(dim, 3 * dim, bias);
        proj = TransformerLinear.Make(dim, dim);
        RegisterComponents();
    }

    /// <summary><c>(B, N, D)</c> to <c>(B, N, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return DenseLinear.Forward(proj, Attention.Forward(DenseLinear.Forward(qkv, x), heads)).MoveToOuterDisposeScope();
    }
}
