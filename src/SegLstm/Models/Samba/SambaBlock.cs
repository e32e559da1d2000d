using SegLstm.Layers;
using SegLstm.Models.Mamba;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>A Samba block: <c>x += attn(x)</c>, where attn is a normed Mamba block, then <c>x += mlp(norm2(x))</c>.</summary>
/// <remarks>Names <c>attn.norm, attn.mamba, norm2, mlp</c>. Source: zhuqinfeng1999/Samba, <c>Block_mamba</c>.</remarks>
public sealed class SambaBlock : nn.Module<Tensor, TokenGrid, Tensor>
{
    private readonly SambaMixer attn;
    private readonly LayerNorm norm2;
    private readonly SambaMlp mlp;
    private readonly StochasticDepth drop_path;

    /// <summary>Makes the block.</summary>
    /// <param name="config">Its Mamba block.</param>
    /// <param name="hidden">Hidden width of its MLP.</param>
    /// <param name="dropPath">Rate of stochastic depth in [0, 1).</param>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public SambaBlock(MambaConfig config, long hidden, double dropPath = 0) : base(nameof(SambaBlock))
    {
        attn = new SambaMixer(config);
        norm2 = nn.LayerNorm(config.Dim);
        mlp = new SambaMlp(config.Dim, hidden);
        drop_path = new StochasticDepth(dropPath);
        RegisterComponents();
    }

    /// <summary>Tokens <c>(B, L, D)</c>, row by row, to <c>(B, L, D)</c>.</summary>
    /// <exception cref="ArgumentException">The tokens do not fill the grid, or have another width.</exception>
    public override Tensor forward(Tensor x, TokenGrid grid)
    {
        using var scope = NewDisposeScope();
        var y = x + drop_path.call(attn.call(x));
        return (y + drop_path.call(mlp.call(norm2.call(y), grid))).MoveToOuterDisposeScope();
    }
}
