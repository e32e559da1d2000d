using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>A block on a map of fixed size under Microsoft's names: <c>x + attn(norm1(x))</c> within windows, then
/// <c>x + mlp(norm2(x))</c>.</summary>
/// <remarks>Names <c>norm1, attn, norm2, mlp</c>, and where windows shift the buffer <c>attn_mask</c>, which is always the
/// block's own. Where the map is no larger than a window, the window is the map and does not shift. Source:
/// microsoft/Swin-Transformer, <c>SwinTransformerBlock</c>.</remarks>
public sealed class SwinTransformerBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly WindowAttention attn;
    private readonly LayerNorm norm2;
    private readonly GeluMlp mlp;
    private readonly StochasticDepth drop_path;
    private readonly Tensor? attn_mask;
    private readonly long window;
    private readonly long shift;

    /// <summary>Makes the block.</summary>
    /// <param name="config">The transformer that it is part of.</param>
    /// <param name="stage">Its stage.</param>
    /// <param name="block">Its place in the stage; odd ones shift.</param>
    public SwinTransformerBlock(SwinConfig config, int stage, int block) : base(nameof(SwinTransformerBlock))
    {
        var (dim, grid) = (config.DimOf(stage), SwinTransformer.GridOf(config, stage));
        window = SwinTransformer.WindowOf(config, stage);
        shift = block % 2 == 0 || window == Math.Min(grid.Rows, grid.Columns) ? 0 : window / 2;
        norm1 = nn.LayerNorm(dim, eps: SwinConfig.NormEps);
        attn = new WindowAttention(dim, window, config.Heads[stage], config.QkvBias);
        norm2 = nn.LayerNorm(dim, eps: SwinConfig.NormEps);
        mlp = new GeluMlp(dim, config.HiddenOf(stage));
        drop_path = new StochasticDepth(config.DropPathAt(stage, block));
        attn_mask = shift > 0 ? TokenWindows.ShiftMask(grid.Rows, grid.Columns, window, shift) : null;
        RegisterComponents();
    }

    /// <summary><c>(B, H, W, C)</c> to the same.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = x + drop_path.call(
            TokenWindows.Attend(norm1.call(x), window, shift, tokens => attn.call(tokens, attn_mask)));
        return (x + drop_path.call(mlp.call(norm2.call(x)))).MoveToOuterDisposeScope();
    }
}
