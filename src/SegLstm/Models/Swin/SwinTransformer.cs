using SegLstm.Checkpoints;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>The Swin transformer as classifier, under Microsoft's names. It takes images of the configured size only.</summary>
/// <remarks>
/// <para>Names <c>patch_embed.{proj, norm}, absolute_pos_embed, layers.{s}.{blocks, downsample}, norm, head</c>, and the buffers
/// <c>relative_position_index</c> and <c>attn_mask</c>, which loading leaves as they are. Source: Swin (arXiv 2103.14030);
/// microsoft/Swin-Transformer, <c>swin_transformer.py</c>.</para>
/// <code>
/// var model = new SwinTransformer(new SwinConfig());                  // Swin-T, 28,288,354 parameters
/// var logits = model.forward(torch.randn(2, 3, 224, 224));            // (2, 1000)
/// </code>
/// </remarks>
public sealed class SwinTransformer : nn.Module<Tensor, Tensor>
{
    private readonly SwinPatchEmbedding patch_embed;
    private readonly Parameter? absolute_pos_embed;
    private readonly ModuleList<SwinLayer> layers;
    private readonly LayerNorm norm;
    private readonly Linear? head;

    /// <summary>Makes the model.</summary>
    /// <param name="config">The transformer and its image size.</param>
    /// <param name="classes">Classes; null: no head, the model gives the mean of the tokens.</param>
    /// <exception cref="ArgumentException">The configuration is not valid, or the image size does not fit windows and stages; the
    /// message lists all problems.</exception>
    public SwinTransformer(SwinConfig config, long? classes = 1000) : base(nameof(SwinTransformer))
    {
        config.Check(nameof(SwinTransformer));
        CheckGrid(config);
        Config = config;
        patch_embed = new SwinPatchEmbedding(config);
        if (config.AbsolutePositions)
        {
            absolute_pos_embed = nn.Parameter(zeros([1, config.Grid.Tokens, config.Dim]));
            nn.init.trunc_normal_(absolute_pos_embed, std: 0.02);
        }

        layers = new ModuleList<SwinLayer>([.. Enumerable.Range(0, config.Stages).Select(stage => new SwinLayer(config, stage))]);
        var features = config.DimOf(config.Stages - 1);
        norm = nn.LayerNorm(features, eps: SwinConfig.NormEps);
        head = classes is { } count ? TransformerLinear.Make(features, count) : null;
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public SwinConfig Config { get; }

    /// <summary><c>(B, channels, h, w)</c> to <c>(B, classes)</c>.</summary>
    /// <exception cref="ArgumentException">The image has another size or other bands.</exception>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var features = norm.call(StageOutputs(image)[^1]).mean([1, 2]);
        return (head is null ? features : head.call(features)).MoveToOuterDisposeScope();
    }

    /// <summary>What each stage gives before its tokens are merged, without a norm: <c>(B, H, W, C)</c>.</summary>
    /// <param name="image"><c>(B, channels, h, w)</c> of the configured size.</param>
    public Tensor[] StageOutputs(Tensor image)
    {
        if (image.dim() != 4 || !image.shape.AsSpan(1).SequenceEqual([Config.Channels, Config.Height, Config.Width]))
        {
            throw new ArgumentException(
                $"Expected an image (B, {Config.Channels}, {Config.Height}, {Config.Width}), " +
                $"got ({string.Join(", ", image.shape)}). Make the model for this size, or use {nameof(SwinBackbone)}.",
                nameof(image));
        }

        using var scope = NewDisposeScope();
        var x = patch_embed.call(image);
        x = absolute_pos_embed is null ? x : x + absolute_pos_embed.view(1, Config.Grid.Rows, Config.Grid.Columns, Config.Dim);
        var outputs = new List<Tensor>(layers.Count);
        foreach (var layer in layers)
        {
            outputs.Add(layer.call(x).MoveToOuterDisposeScope());
            x = layer.Downsample(outputs[^1]);
        }

        return [.. outputs];
    }

    /// <summary>Copies parameters into the model; bias tables of another window and absolute positions of another size are
    /// resized, the buffers stay the model's.</summary>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var fitted = SwinCheckpoint.Resize(source, state_dict(), Config.Grid);
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Multiply-adds for one image of the configured size, by the convention of <see cref="Complexity"/>.</summary>
    public double MultiplyAdds
    {
        get
        {
            var total = SwinComplexity.Embedding(Config, Config.Grid);
            for (var stage = 0; stage < Config.Stages; stage++)
            {
                total += SwinComplexity.Blocks(Config, stage, GridOf(Config, stage), WindowOf(Config, stage));
                total += stage == Config.Stages - 1 ? 0
                    : SwinComplexity.Merging(Config, stage, GridOf(Config, stage + 1).Tokens);
            }

            var last = Config.Stages - 1;
            // The norm and the mean.
            return total + (3.0 * Config.DimOf(last) * GridOf(Config, last).Tokens) + (head?.weight!.numel() ?? 0);
        }
    }

    /// <summary>The map of a stage.</summary>
    internal static TokenGrid GridOf(SwinConfig config, int stage) =>
        new(config.Grid.Rows >> stage, config.Grid.Columns >> stage);

    /// <summary>Side of a stage's windows: never larger than the map.</summary>
    internal static long WindowOf(SwinConfig config, int stage)
    {
        var grid = GridOf(config, stage);
        return Math.Min(config.Window, Math.Min(grid.Rows, grid.Columns));
    }

    private static void CheckGrid(SwinConfig config)
    {
        for (var stage = 0; stage < config.Stages; stage++)
        {
            var grid = GridOf(config, stage);
            var window = WindowOf(config, stage);
            var merges = stage < config.Stages - 1;
            if (config.Height % config.PatchSize != 0 || config.Width % config.PatchSize != 0 || window == 0
                || grid.Rows % window != 0 || grid.Columns % window != 0
                || (merges && (grid.Rows % 2 != 0 || grid.Columns % 2 != 0)))
            {
                throw new ArgumentException(
                    $"{nameof(SwinTransformer)}: an image of {config.Height} x {config.Width} gives stage {stage} a map of " +
                    $"{grid.Rows} x {grid.Columns} tokens, which must be whole windows of {window}" +
                    $"{(merges ? " and even" : "")}: choose another size or window, or {nameof(SwinBackbone)}, which pads.");
            }
        }
    }
}
