using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>The vision transformer as segmentation backbone, under mmsegmentation's names: DeiT, ViT, and with LayerScale
/// DeiT-III.</summary>
/// <remarks>
/// <para>The maps are the residual stream after some layers, without class token and norm, and may pass
/// <see cref="MultiLevelNeck"/>. Zeros complete images at the bottom and at the right to whole patches.</para>
/// <para>Names <c>cls_token, pos_embed, patch_embed.projection, layers, ln1</c>, and <c>neck</c>, which stands beside the
/// backbone in mmsegmentation's segmenters: <see cref="Segmenter"/> takes <c>neck.*</c> of a file for the backbone's. Source:
/// mmsegmentation, <c>vit.py</c>.</para>
/// <code>
/// var backbone = new VitBackbone(new VitBackboneConfig { Height = 512, Width = 512 });    // DeiT-T, 5,683,008 parameters
/// Tensor[] maps = backbone.forward(torch.randn(1, 3, 512, 512));                          // 4 x (1, 192, 32, 32)
/// </code>
/// </remarks>
public sealed class VitBackbone : Backbone
{
    private static readonly double[] Scales = [4, 2, 1, 0.5];

    private readonly Parameter cls_token;
    private readonly Parameter pos_embed;
    private readonly PaddedPatchEmbedding patch_embed;
    private readonly LayerNorm? ln_pre;
    private readonly ModuleList<VitLayer> layers;
    private readonly LayerNorm? ln1;
    private readonly MultiLevelNeck? neck;
    private readonly int[] taps;

    /// <summary>Makes the backbone.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VitBackbone(VitBackboneConfig config)
        : base(nameof(VitBackbone), StridesOf(config), [.. config.TapsOrPublished.Select(_ => (int)config.Dim)])
    {
        (Config, taps) = (config, config.TapsOrPublished);
        cls_token = nn.Parameter(zeros([1, 1, config.Dim]));
        pos_embed = nn.Parameter(zeros([1, ClassPositions + config.Grid.Tokens, config.Dim]));
        nn.init.trunc_normal_(cls_token, std: 0.02);
        nn.init.trunc_normal_(pos_embed, std: 0.02);
        patch_embed = new PaddedPatchEmbedding(config.Channels, config.Dim, config.PatchSize, config.PatchBias);
        patch_embed.StartLikeKaiming();
        ln_pre = config.PreNorm ? nn.LayerNorm(config.Dim, eps: config.NormEps) : null;
        layers = new ModuleList<VitLayer>(
            [.. Enumerable.Range(0, config.Depth).Select(i => new VitLayer(config, config.DropPathAt(i)))]);
        ln1 = config.FinalNorm ? nn.LayerNorm(config.Dim, eps: config.NormEps) : null;
        neck = config.Neck ? new MultiLevelNeck([.. taps.Select(_ => config.Dim)], config.Dim, Scales) : null;
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public VitBackboneConfig Config { get; }

    /// <summary>1: images are padded to whole patches; with the neck, which halves the grid, two patches.</summary>
    public override int SizeMultiple => neck is null ? 1 : 2 * (int)Config.PatchSize;

    private long ClassPositions => Config.ClassPosition ? 1 : 0;

    /// <summary><c>(N, bands, h, w)</c> to one map a tap.</summary>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (x, grid) = Embed(image);
        var maps = new List<Tensor>(taps.Length);
        foreach (var (index, layer) in layers.Take(taps[^1] + 1).Index())
        {
            x = ActivationCheckpoint.Run(ActivationCheckpointing, layer.call, x);
            x = ln1 is not null && index == layers.Count - 1 ? ln1.call(x) : x;
            if (taps[maps.Count] == index)
            {
                maps.Add(TokenPooling.ToImage(Config.ClassToken ? x.narrow(1, 1, grid.Tokens) : x, grid));
            }
        }

        Tensor[] outputs = neck is null ? [.. maps] : neck.call([.. maps]);
        return [.. outputs.Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>Takes checkpoints of timm's and DeiT's classifiers, too, and resizes position embeddings
    /// (<see cref="VitCheckpoint"/>).</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) =>
        VitCheckpoint.Fit(checkpoint, state_dict(), Config);

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width)
    {
        var grid = patch_embed.GridOf(height, width);
        var tokens = grid.Tokens + (Config.ClassToken ? 1 : 0);
        return VitComplexity.Embedding(Config, grid) + ((taps[^1] + 1) * VitComplexity.Block(Config, tokens))
            + (2.0 * Config.Dim * tokens * ((ln_pre is null ? 0 : 1) + (ln1 is null ? 0 : 1)))
            + (neck?.MultiplyAdds(grid.Tokens) ?? 0);
    }

    /// <summary>Tokens <c>(B, N, D)</c> in front of the first layer, and their grid.</summary>
    private (Tensor Tokens, TokenGrid Grid) Embed(Tensor image)
    {
        using var scope = NewDisposeScope();
        var patches = patch_embed.call(image);
        var grid = new TokenGrid(patches.shape[1], patches.shape[2]);
        var places = VitPositions.Resize(pos_embed, ClassPositions, Config.Grid, grid);
        var tokens = patches.flatten(1, 2);
        var first = cls_token.expand(tokens.shape[0], -1, -1);
        var x = Config.ClassPosition ? cat([first, tokens], 1) + places : cat([first, tokens + places], 1);
        x = Config.ClassToken ? x : x.narrow(1, 1, grid.Tokens);
        x = ln_pre is null ? x : ln_pre.call(x);
        return (x.MoveToOuterDisposeScope(), grid);
    }

    private static int[] StridesOf(VitBackboneConfig config)
    {
        config.Check(nameof(VitBackbone));
        return [.. config.TapsOrPublished.Select(
            (_, level) => (int)(config.Neck ? config.PatchSize / Scales[level] : config.PatchSize))];
    }
}
