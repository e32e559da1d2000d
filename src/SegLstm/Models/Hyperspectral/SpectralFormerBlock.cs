using SegLstm.Kernels.Attention;
using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Hyperspectral;

/// <summary>A block of SpectralFormer: attention and a small MLP, norms in front.</summary>
/// <remarks>Names <c>norm1, qkv, proj, norm2, mlp</c>.</remarks>
internal sealed class SpectralFormerBlock : nn.Module<Tensor, Tensor>
{
    /// <summary>Token width.</summary>
    public const int Dim = 64;

    private const int Heads = 4;
    private const int Hidden = 8;

    private readonly LayerNorm norm1;
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly LayerNorm norm2;
    private readonly GeluMlp mlp;

    public SpectralFormerBlock() : base(nameof(SpectralFormerBlock))
    {
        norm1 = nn.LayerNorm(Dim);
        qkv = nn.Linear(Dim, 3 * Dim, hasBias: false);
        proj = nn.Linear(Dim, Dim);
        norm2 = nn.LayerNorm(Dim);
        mlp = new GeluMlp(Dim, Hidden);
        RegisterComponents();
    }

    /// <summary>Tokens <c>(B, T, 64)</c> to the same.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var mixed = Attention.Forward(DenseLinear.Forward(qkv, norm1.call(x)), Heads);
        x = x + DenseLinear.Forward(proj, mixed);
        return (x + mlp.call(norm2.call(x))).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds on a sequence of <paramref name="tokens"/> tokens.</summary>
    public static double MultiplyAdds(int tokens) => (tokens * ((4.0 * Dim * Dim) + (2 * Dim * Hidden) + (6 * Dim) + Hidden))
        + AttentionComplexity.MultiplyAdds(tokens, Dim, Heads);

    /// <summary>The same as the tables count.</summary>
    public static ProfilerCost Profiled(int tokens) => (2 * ProfilerCost.Norm(Dim, tokens))
        + ProfilerCost.Linear(Dim, 3 * Dim, tokens, bias: false) + ProfilerCost.Linear(Dim, Dim, tokens)
        + ProfilerCost.Linear(Dim, Hidden, tokens) + ProfilerCost.Linear(Hidden, Dim, tokens);
}
