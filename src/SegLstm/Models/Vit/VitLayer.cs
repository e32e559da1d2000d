using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>The same function as <see cref="VitBlock"/> under mmsegmentation's names. Stochastic depth is on the MLP's branch
/// only, as there.</summary>
/// <remarks>Names <c>ln1, attn, ln2, ffn</c>, and for LayerScale <c>gamma_1, gamma_2</c> (mmsegmentation's names in BEiT; its ViT
/// has none). Source: mmsegmentation, <c>TransformerEncoderLayer</c>.</remarks>
public sealed class VitLayer : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm ln1;
    private readonly MmcvAttention attn;
    private readonly LayerNorm ln2;
    private readonly GeluFeedForward ffn;
    private readonly Parameter? gamma_1;
    private readonly Parameter? gamma_2;
    private readonly StochasticDepth drop_path;

    /// <summary>Makes the layer.</summary>
    /// <param name="config">The transformer that it is part of.</param>
    /// <param name="dropPath">Rate of stochastic depth in [0, 1).</param>
    public VitLayer(VitConfig config, double dropPath = 0) : base(nameof(VitLayer))
    {
        ln1 = nn.LayerNorm(config.Dim, eps: config.NormEps);
        attn = new MmcvAttention(config.Dim, config.Heads, config.QkvBias);
        ln2 = nn.LayerNorm(config.Dim, eps: config.NormEps);
        ffn = new GeluFeedForward(config.Dim, config.Hidden);
        gamma_1 = config.LayerScale is { } first ? nn.Parameter(full([config.Dim], first)) : null;
        gamma_2 = config.LayerScale is { } second ? nn.Parameter(full([config.Dim], second)) : null;
        drop_path = new StochasticDepth(dropPath);
        RegisterComponents();
    }

    /// <summary><c>(B, N, D)</c> to <c>(B, N, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = x + Scaled(attn.call(ln1.call(x)), gamma_1);
        return (x + drop_path.call(Scaled(ffn.call(ln2.call(x)), gamma_2))).MoveToOuterDisposeScope();
    }

    private static Tensor Scaled(Tensor branch, Tensor? gamma) => gamma is null ? branch : gamma * branch;
}
