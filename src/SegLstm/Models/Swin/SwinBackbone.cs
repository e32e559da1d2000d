using SegLstm.Layers;
using SegLstm.Models.Vit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>The Swin transformer as segmentation backbone for images of any size, under mmsegmentation's names.</summary>
/// <remarks>
/// <para>The maps are the stages' outputs before merging, each behind a norm. Zeros at the bottom and at the right complete
/// patches, windows (behind the block's norm, unmasked) and odd sides before merging.</para>
/// <para>Names <c>patch_embed.{projection, norm}, absolute_pos_embed, stages.{s}.{blocks, downsample}, norm{s}</c>, and the
/// buffers <c>relative_position_index</c>, which loading leaves as they are. Source: mmsegmentation, <c>swin.py</c>. Deviation:
/// absolute positions are resized to the image at hand.</para>
/// <code>
/// var backbone = new SwinBackbone(new SwinConfig());                      // Swin-T, 27,520,698 parameters
/// Tensor[] maps = backbone.forward(torch.randn(1, 3, 512, 512));          // (1, 96, 128, 128) .. (1, 768, 16, 16)
/// </code>
/// </remarks>
public sealed class SwinBackbone : Backbone
{
    private readonly PaddedPatchEmbedding patch_embed;
    private readonly Parameter? absolute_pos_embed;
    private readonly ModuleList<SwinStage> stages;
    private readonly LayerNorm[] norms;
    private readonly int[] outputs;

    /// <summary>Makes the backbone.</summary>
    /// <param name="config">The transformer.</param>
    /// <param name="outputs">Stages, ascending from 0, whose outputs become feature maps; null: all.</param>
    /// <exception cref="ArgumentException">The configuration or the outputs are not valid; the message lists all
    /// problems.</exception>
    public SwinBackbone(SwinConfig config, int[]? outputs = null)
        : base(
            nameof(SwinBackbone),
            [.. Outputs(config, outputs).Select(stage => (int)config.PatchSize << stage)],
            [.. Outputs(config, outputs).Select(stage => (int)config.DimOf(stage))])
    {
        (Config, this.outputs) = (config, Outputs(config, outputs));
        patch_embed = new PaddedPatchEmbedding(
            config.Channels, config.Dim, config.PatchSize, normEps: config.PatchNorm ? SwinConfig.NormEps : null);
        if (config.AbsolutePositions)
        {
            absolute_pos_embed = nn.Parameter(zeros([1, config.Grid.Tokens, config.Dim]));
            nn.init.trunc_normal_(absolute_pos_embed, std: 0.02);
        }

        stages = new ModuleList<SwinStage>([.. Enumerable.Range(0, config.Stages).Select(stage => new SwinStage(config, stage))]);
        norms = [.. this.outputs.Select(stage => nn.LayerNorm(config.DimOf(stage), eps: SwinConfig.NormEps))];
        RegisterComponents();
        foreach (var (stage, norm) in this.outputs.Zip(norms))
        {
            register_module($"norm{stage}", norm);
        }
    }

    /// <summary>The configuration it was made with.</summary>
    public SwinConfig Config { get; }

    /// <summary>1: any size will do.</summary>
    public override int SizeMultiple => 1;

    /// <summary><c>(N, bands, h, w)</c> to one map an output.</summary>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = patch_embed.call(image);
        if (absolute_pos_embed is not null)
        {
            var grid = new TokenGrid(x.shape[1], x.shape[2]);
            x = x + VitPositions.Resize(absolute_pos_embed, 0, Config.Grid, grid).view(1, grid.Rows, grid.Columns, Config.Dim);
        }

        var maps = new List<Tensor>(outputs.Length);
        foreach (var (index, stage) in stages.Take(outputs[^1] + 1).Index())
        {
            x = stage.Blocks(x, ActivationCheckpointing);
            if (outputs[maps.Count] == index)
            {
                maps.Add(norms[maps.Count].call(x).permute(0, 3, 1, 2).contiguous().MoveToOuterDisposeScope());
            }

            x = index == outputs[^1] ? x : stage.Downsample(x);
        }

        return [.. maps];
    }

    /// <summary>Takes checkpoints of Microsoft's classifier, too, and resizes bias tables and absolute positions
    /// (<see cref="SwinCheckpoint"/>).</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) =>
        SwinCheckpoint.Fit(checkpoint, state_dict(), Config.Grid);

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width)
    {
        var grid = patch_embed.GridOf(height, width);
        var total = SwinComplexity.Embedding(Config, grid);
        for (var stage = 0; stage <= outputs[^1]; stage++)
        {
            total += SwinComplexity.Blocks(Config, stage, grid, Config.Window)
                + (outputs.Contains(stage) ? 2.0 * Config.DimOf(stage) * grid.Tokens : 0);
            grid = new TokenGrid((grid.Rows + 1) / 2, (grid.Columns + 1) / 2);
            total += stage == outputs[^1] ? 0 : SwinComplexity.Merging(Config, stage, grid.Tokens);
        }

        return total;
    }

    private static int[] Outputs(SwinConfig config, int[]? outputs)
    {
        config.Check(nameof(SwinBackbone));
        var stages = outputs ?? [.. Enumerable.Range(0, config.Stages)];
        return stages.Length > 0 && stages[0] >= 0 && stages[^1] < config.Stages
            && stages.Zip(stages.Skip(1)).All(pair => pair.First < pair.Second)
            ? stages
            : throw new ArgumentException(
                $"Expected ascending stages from 0 to {config.Stages - 1}, got [{string.Join(", ", stages)}].", nameof(outputs));
    }
}
