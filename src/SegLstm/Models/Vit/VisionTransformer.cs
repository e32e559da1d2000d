using SegLstm.Checkpoints;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>The vision transformer as classifier, under timm's names: DeiT, distilled DeiT and DeiT-III.</summary>
/// <remarks>
/// <para>Names <c>cls_token, dist_token, pos_embed, patch_embed.proj, blocks, norm, head, head_dist</c>. Source: ViT (arXiv
/// 2010.11929), DeiT (2012.12877), DeiT-III (2204.07118); facebookresearch/deit, <c>models.py, models_v2.py</c>. Deviation:
/// images of another size run, with resized position embeddings.</para>
/// <code>
/// var model = new VisionTransformer(new VitConfig { Dim = 384, Heads = 6 });      // DeiT-S, 22,050,664 parameters
/// var logits = model.forward(torch.randn(2, 3, 224, 224));                        // (2, 1000)
/// </code>
/// </remarks>
public sealed class VisionTransformer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter cls_token;
    private readonly Parameter? dist_token;
    private readonly Parameter pos_embed;
    private readonly PatchEmbedding patch_embed;
    private readonly ModuleList<VitBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear? head;
    private readonly Linear? head_dist;
    private readonly long positions;

    /// <summary>Makes the model.</summary>
    /// <param name="config">The transformer.</param>
    /// <param name="classes">Classes; null: no head, the model gives the class token.</param>
    /// <param name="distilled">Adds the distillation token and its head.</param>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VisionTransformer(VitConfig config, long? classes = 1000, bool distilled = false) : base(nameof(VisionTransformer))
    {
        config.Check(nameof(VisionTransformer));
        if (distilled && !config.ClassPosition)
        {
            throw new ArgumentException(
                "The distilled model has positions for both extra tokens: set ClassPosition = true, or distilled: false.",
                nameof(distilled));
        }

        Config = config;
        positions = !config.ClassPosition ? 0 : distilled ? 2 : 1;
        cls_token = Token(1);
        dist_token = distilled ? Token(1) : null;
        pos_embed = Token(positions + config.Grid.Tokens);
        patch_embed = new PatchEmbedding(config.Channels, config.Dim, config.PatchSize);
        blocks = new ModuleList<VitBlock>(
            [.. Enumerable.Range(0, config.Depth).Select(i => new VitBlock(config, config.DropPathAt(i)))]);
        norm = nn.LayerNorm(config.Dim, eps: config.NormEps);
        head = classes is { } main ? TransformerLinear.Make(config.Dim, main) : null;
        head_dist = distilled && classes is { } teacher ? TransformerLinear.Make(config.Dim, teacher) : null;
        RegisterComponents();

        Parameter Token(long count)
        {
            var token = nn.Parameter(zeros([1, count, config.Dim]));
            nn.init.trunc_normal_(token, std: 0.02);
            return token;
        }
    }

    /// <summary>The configuration it was made with.</summary>
    public VitConfig Config { get; }

    /// <summary><c>(B, channels, h, w)</c> to <c>(B, classes)</c>; of a distilled model, the mean of both heads.</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (scores, distilled) = ForwardHeads(image);
        return (distilled is null ? scores : (scores + distilled) / 2).MoveToOuterDisposeScope();
    }

    /// <summary>The scores of both heads, <c>(B, classes)</c> each, for training with a teacher; the second is null unless the
    /// model is distilled.</summary>
    /// <param name="image"><c>(B, channels, h, w)</c>, sides multiples of the patch size.</param>
    public (Tensor Class, Tensor? Distillation) ForwardHeads(Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = Tokens(image);
        Tensor Score(long token, Linear? head)
        {
            var features = x.select(1, token);
            return (head is null ? features : head.call(features)).MoveToOuterDisposeScope();
        }

        return (Score(0, head), dist_token is null ? null : Score(1, head_dist));
    }

    /// <summary>All tokens behind the last norm, <c>(B, 1 + M, D)</c>: the class token, of a distilled model its second token,
    /// then the patches row by row.</summary>
    /// <param name="image"><c>(B, channels, h, w)</c>.</param>
    public Tensor Tokens(Tensor image)
    {
        using var scope = NewDisposeScope();
        return norm.call(blocks.Aggregate(Embed(image), (tokens, block) => block.call(tokens))).MoveToOuterDisposeScope();
    }

    /// <summary>Copies parameters into the model; position embeddings of another resolution are resized.</summary>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var fitted = new Dictionary<string, Tensor>(source);
        if (fitted.TryGetValue(nameof(pos_embed), out var embed))
        {
            fitted[nameof(pos_embed)] = VitPositions.Fit(embed, positions, Config.Grid);
        }

        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Multiply-adds for one image, by the convention of <see cref="Complexity"/>.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public double MultiplyAdds(long height, long width)
    {
        var grid = patch_embed.GridOf(height, width);
        var tokens = grid.Tokens + (dist_token is null ? 1 : 2);
        return VitComplexity.Embedding(Config, grid) + (Config.Depth * VitComplexity.Block(Config, tokens))
            + (2.0 * Config.Dim * tokens) + (head?.weight!.numel() ?? 0) + (head_dist?.weight!.numel() ?? 0);
    }

    private Tensor Embed(Tensor image)
    {
        using var scope = NewDisposeScope();
        var patches = patch_embed.call(image);
        var places = VitPositions.Resize(pos_embed, positions, Config.Grid, new TokenGrid(patches.shape[1], patches.shape[2]));
        var tokens = patches.flatten(1, 2);
        Tensor Batch(Tensor token) => token.expand(tokens.shape[0], -1, -1);
        if (positions == 0)
        {
            return cat([Batch(cls_token), tokens + places], 1).MoveToOuterDisposeScope();
        }

        Tensor[] front = dist_token is null ? [Batch(cls_token)] : [Batch(cls_token), Batch(dist_token)];
        return (cat([.. front, tokens], 1) + places).MoveToOuterDisposeScope();
    }
}
