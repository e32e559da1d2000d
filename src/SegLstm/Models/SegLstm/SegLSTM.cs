using SegLstm.Layers;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.SegLstm;

/// <summary>The Seg-LSTM encoder: a ViL of the first release in four groups of blocks, all at the stride of the patches and one
/// width.</summary>
/// <remarks>
/// <para>The outputs are the residual stream after each group; there is no downsampling between groups and no norm at the end.
/// The direction starts again at the top left in every group. Names <c>patch_embed, pos_embed, blocks1 .. blocks4</c>.</para>
/// <para>Source: Seg-LSTM (arXiv 2406.14086); zhuqinfeng1999/Seg-LSTM, <c>zqf_seglstm.py</c>. Deviation: rectangular images work,
/// too.</para>
/// <code>
/// var backbone = new SegLSTM(new SegLstmConfig());                      // 22,724,160 parameters
/// Tensor[] maps = backbone.forward(torch.randn(1, 3, 512, 512));        // 4 x (1, 384, 32, 32)
/// </code>
/// </remarks>
public sealed class SegLSTM : Backbone
{
    private readonly PatchEmbedding patch_embed;
    private readonly PositionEmbedding pos_embed;
    private readonly ModuleList<ViLBlock> blocks1;
    private readonly ModuleList<ViLBlock> blocks2;
    private readonly ModuleList<ViLBlock> blocks3;
    private readonly ModuleList<ViLBlock> blocks4;

    /// <summary>Makes the encoder.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public SegLSTM(SegLstmConfig config)
        : base(nameof(SegLSTM), Four((int)(config.Stride ?? config.PatchSize)), Four((int)config.Dim))
    {
        Problems.ThrowIfAny(nameof(SegLSTM), config.Validate());

        Config = config;
        patch_embed = new PatchEmbedding(config.Channels, config.Dim, config.PatchSize, config.Stride);
        pos_embed = new PositionEmbedding(config.Grid, config.Dim);
        ModuleList<ViLBlock> Stage(int depth) => new([.. Enumerable.Range(0, depth).Select(i => new ViLBlock(
            config.Layer with { Direction = i % 2 == 0 ? Traversal.RowwiseFromTopLeft : Traversal.RowwiseFromBottomRight },
            config.DropPathAt(i), dropPathAlwaysSkipsWork: true))]);
        blocks1 = Stage(config.Depths[0]);
        blocks2 = Stage(config.Depths[1]);
        blocks3 = Stage(config.Depths[2]);
        blocks4 = Stage(config.Depths[3]);
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public SegLstmConfig Config { get; }

    /// <inheritdoc/>
    public override int SizeMultiple => (int)Config.PatchSize;

    /// <summary><c>(N, bands, h, w)</c> to four maps <c>(N, D, h/patch, w/patch)</c>.</summary>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = pos_embed.call(patch_embed.call(image));
        var grid = new TokenGrid(x.shape[1], x.shape[2]);
        x = x.flatten(1, 2);
        var maps = new List<Tensor>(4);
        foreach (var stage in new[] { blocks1, blocks2, blocks3, blocks4 })
        {
            foreach (var block in stage)
            {
                x = ActivationCheckpoint.Run(ActivationCheckpointing, tokens => block.forward(tokens, grid), x);
            }

            maps.Add(TokenPooling.ToImage(x, grid).MoveToOuterDisposeScope());
        }

        return [.. maps];
    }

    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) =>
        VilCheckpoint.Fit(checkpoint, state_dict());

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width)
    {
        var tokens = patch_embed.GridOf(height, width).Tokens;
        var patch = (double)tokens * Config.Dim * ((Config.Channels * Config.PatchSize * Config.PatchSize) + 1);
        return patch + (Config.Depths.Sum() * VilComplexity.Layer(Config.Layer, tokens));
    }

    private static int[] Four(int value) => [value, value, value, value];
}
