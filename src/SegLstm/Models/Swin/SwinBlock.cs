using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>The same function as <see cref="SwinTransformerBlock"/> on a map of any size, under mmsegmentation's names.</summary>
/// <remarks>Names <c>norm1, attn, norm2, ffn</c>. The window is what the configuration says, also on smaller maps. Source:
/// mmsegmentation, <c>SwinBlock</c>.</remarks>
public sealed class SwinBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly ShiftWindowAttention attn;
    private readonly LayerNorm norm2;
    private readonly GeluFeedForward ffn;
    private readonly StochasticDepth drop_path;

    /// <summary>Makes the block.</summary>
    /// <param name="config">The transformer that it is part of.</param>
    /// <param name="stage">Its stage.</param>
    /// <param name="block">Its place in the stage; odd ones shift.</param>
    public SwinBlock(SwinConfig config, int stage, int block) : base(nameof(SwinBlock))
    {
        var dim = config.DimOf(stage);
        var shift = block % 2 == 0 ? 0 : config.Window / 2;
        norm1 = nn.LayerNorm(dim, eps: SwinConfig.NormEps);
        attn = new ShiftWindowAttention(dim, config.Window, shift, config.Heads[stage], config.QkvBias);
        norm2 = nn.LayerNorm(dim, eps: SwinConfig.NormEps);
        ffn = new GeluFeedForward(dim, config.HiddenOf(stage));
        drop_path = new StochasticDepth(config.DropPathAt(stage, block));
        RegisterComponents();
    }

    /// <summary><c>(B, H, W, C)</c> to the same.</summary>
    /// <param name="x">Tokens.</param>
    /// <param name="mask"><see cref="TokenWindows.ShiftMask"/> of the map, for blocks that shift.</param>
    public override Tensor forward(Tensor x, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        x = x + drop_path.call(attn.call(norm1.call(x), mask));
        return (x + drop_path.call(ffn.call(norm2.call(x)))).MoveToOuterDisposeScope();
    }
}
