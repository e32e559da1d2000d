using SegLstm.Layers;
using SegLstm.Models.Vit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Dpt;

/// <summary>A vision transformer that takes images of any size and gives the tokens of some blocks, class token in
/// front.</summary>
/// <remarks>
/// <para>The class token is put in front before positions are added; the positions of the patches are resized bilinearly (not
/// bicubically, as in other ViTs) to the image's grid. Tokens come out before the final norm.</para>
/// <para>Names <c>patch_embed.proj, cls_token, pos_embed (1, 1 + side², D), blocks.{i}.{norm1,attn.qkv,attn.proj,norm2,mlp.fc1,
/// mlp.fc2}, norm</c>. Source: timm 0.4, <c>VisionTransformer</c>; isl-org/lang-seg, <c>forward_flex</c>.</para>
/// </remarks>
internal sealed class DptVisionTransformer : nn.Module<Tensor, Tensor[]>
{
    private readonly PatchEmbedding patch_embed;
    private readonly Parameter cls_token;
    private readonly Parameter pos_embed;
    private readonly ModuleList<VitBlock> blocks;
    private readonly LayerNorm? norm;
    private readonly DptConfig config;

    public DptVisionTransformer(DptConfig config) : base(nameof(DptVisionTransformer))
    {
        this.config = config;
        patch_embed = new PatchEmbedding(config.Channels, config.Dim, config.PatchSize);
        cls_token = nn.Parameter(zeros([1, 1, config.Dim]));
        pos_embed = nn.Parameter(zeros([1, 1 + (config.GridSide * config.GridSide), config.Dim]));
        blocks = new ModuleList<VitBlock>([.. Enumerable.Range(0, config.Depth).Select(_ => new VitBlock(config.Transformer))]);
        norm = config.FinalNorm ? nn.LayerNorm(config.Dim, config.NormEps) : null;
        RegisterComponents();
        nn.init.trunc_normal_(cls_token, std: 0.02);
        nn.init.trunc_normal_(pos_embed, std: 0.02);
    }

    /// <summary>Whether blocks forget what they compute inside.</summary>
    public bool ActivationCheckpointing { get; set; }

    /// <summary>Image <c>(B, bands, h, w)</c> to the tokens <c>(B, 1 + T, D)</c> behind every block.</summary>
    /// <exception cref="ArgumentException">The image has other bands, or sides that are no multiple of the patch
    /// size.</exception>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var patches = patch_embed.call(image);
        var grid = new TokenGrid(patches.shape[1], patches.shape[2]);
        var x = cat([cls_token.expand(patches.shape[0], -1, -1), patches.flatten(1, 2)], 1) + Positions(grid);
        var tokens = new List<Tensor>(blocks.Count);
        foreach (var block in blocks)
        {
            x = ActivationCheckpoint.Run(ActivationCheckpointing, block.forward, x);
            tokens.Add(x.MoveToOuterDisposeScope());
        }

        return [.. tokens];
    }

    /// <summary>The token grid of an image.</summary>
    public TokenGrid GridOf(long height, long width) => patch_embed.GridOf(height, width);

    /// <summary>The position embedding for a grid, <c>(1, 1 + T, D)</c>.</summary>
    public Tensor Positions(TokenGrid grid) => Resize(pos_embed, grid);

    /// <summary>The final norm of tokens; only with <see cref="DptConfig.FinalNorm"/>.</summary>
    public Tensor Normalise(Tensor tokens) => norm!.call(tokens);

    /// <summary>Resizes positions of a square grid, all but the class token's: <c>(1, 1 + side², D)</c> to <c>(1, 1 + T,
    /// D)</c>.</summary>
    public static Tensor Resize(Tensor positions, TokenGrid grid)
    {
        using var scope = NewDisposeScope();
        var patches = positions.narrow(1, 1, positions.shape[1] - 1);
        var image = Resizing.Bilinear(
            TokenPooling.ToImage(patches, TokenGrid.Square(patches.shape[1])), grid.Rows, grid.Columns);
        return cat([positions.narrow(1, 0, 1), image.flatten(2).transpose(1, 2)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for one image.</summary>
    public double MultiplyAdds(long height, long width)
    {
        var grid = GridOf(height, width);
        return VitComplexity.Embedding(config.Transformer, grid)
            + (config.Depth * VitComplexity.Block(config.Transformer, grid.Tokens + 1));
    }
}
