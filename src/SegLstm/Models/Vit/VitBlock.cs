using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>A transformer block under timm's names: <c>x + attn(norm1(x))</c>, then <c>x + mlp(norm2(x))</c>; with LayerScale,
/// the branches times <c>gamma_1</c> and <c>gamma_2</c>.</summary>
/// <remarks>Names <c>norm1, attn, norm2, mlp, gamma_1, gamma_2</c>. Source: timm, <c>Block</c>; facebookresearch/deit,
/// <c>Layer_scale_init_Block</c>.</remarks>
public sealed class VitBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly VitAttention attn;
    private readonly LayerNorm norm2;
    private readonly GeluMlp mlp;
    private readonly Parameter? gamma_1;
    private readonly Parameter? gamma_2;
    private readonly StochasticDepth drop_path;

    /// <summary>Makes the block.</summary>
    /// <param name="config">The transformer that it is part of.</param>
    /// <param name="dropPath">Rate of stochastic depth in [0, 1), on both branches.</param>
    public VitBlock(VitConfig config, double dropPath = 0) : base(nameof(VitBlock))
    {
        norm1 = nn.LayerNorm(config.Dim, eps: config.NormEps);
        attn = new VitAttention(config.Dim, config.Heads, config.QkvBias);
        norm2 = nn.LayerNorm(config.Dim, eps: config.NormEps);
        mlp = new GeluMlp(config.Dim, config.Hidden);
        gamma_1 = config.LayerScale is { } first ? nn.Parameter(full([config.Dim], first)) : null;
        gamma_2 = config.LayerScale is { } second ? nn.Parameter(full([config.Dim], second)) : null;
        drop_path = new StochasticDepth(dropPath);
        RegisterComponents();
    }

    /// <summary><c>(B, N, D)</c> to <c>(B, N, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = x + drop_path.call(Scaled(attn.call(norm1.call(x)), gamma_1));
        return (x + drop_path.call(Scaled(mlp.call(norm2.call(x)), gamma_2))).MoveToOuterDisposeScope();
    }

    private static Tensor Scaled(Tensor branch, Tensor? gamma) => gamma is null ? branch : gamma * branch;
}
