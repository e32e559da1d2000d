using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>The Samba encoder: a pyramid of four stages of Mamba blocks with convolutional MLPs.</summary>
/// <remarks>
/// <para>Each stage's tokens are normed; the normed map is the output and what the next stage reads. Names <c>patch_embed{i},
/// block{i}, norm{i}</c>, i from 1. Maps have exactly the strides 4, 8, 16, 32 at multiples of 32 pixels; other sizes run, too,
/// and maps round up.</para>
/// <para>Source: Samba (arXiv 2404.01705); zhuqinfeng1999/Samba, <c>mmseg/models/backbones/Samba.py</c>.</para>
/// <code>
/// var backbone = new SambaBackbone(new SambaConfig());               // 22,650,720 parameters
/// Tensor[] maps = backbone.forward(torch.randn(1, 3, 512, 512));     // (1, 64, 128, 128) .. (1, 448, 16, 16)
/// </code>
/// </remarks>
public sealed class SambaBackbone : Backbone
{
    private const int FirstStride = 4;

    private readonly (nn.Module<Tensor, Tensor> Embed, ModuleList<SambaBlock> Blocks, LayerNorm Norm)[] stages;

    /// <summary>Makes the encoder.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public SambaBackbone(SambaConfig config)
        : base(nameof(SambaBackbone), [.. config.Dims.Select((_, stage) => FirstStride << stage)], [.. config.Dims])
    {
        Problems.ThrowIfAny(nameof(SambaBackbone), config.Validate());

        Config = config;
        stages = [.. config.Dims.Select((_, stage) => Stage(stage))];
        foreach (var (index, (embed, blocks, norm)) in stages.Index())
        {
            register_module($"patch_embed{index + 1}", embed);
            register_module($"block{index + 1}", blocks);
            register_module($"norm{index + 1}", norm);
        }

        SambaInit.Sweep(this);
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public SambaConfig Config { get; }

    /// <inheritdoc/>
    public override int SizeMultiple => Strides[^1];

    /// <summary><c>(N, bands, h, w)</c> to one map a stage, <c>(N, Dims[i], h/stride, w/stride)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands.</exception>
    public override Tensor[] forward(Tensor image)
    {
        if (image.dim() != 4 || image.shape[1] != Config.Channels || image.numel() == 0)
        {
            throw new ArgumentException(
                $"Expected an image (B, {Config.Channels}, h, w), got ({string.Join(", ", image.shape)}). " +
                "Make the model with these bands.",
                nameof(image));
        }

        using var scope = NewDisposeScope();
        var map = image;
        var maps = new List<Tensor>(stages.Length);
        foreach (var (embed, blocks, norm) in stages)
        {
            var tokens = embed.call(map);
            tokens = Config.TokenLabel && training && maps.Count == 0 ? TokenMix.Apply(tokens) : tokens;
            var grid = new TokenGrid(tokens.shape[1], tokens.shape[2]);
            var x = tokens.flatten(1, 2);
            foreach (var block in blocks)
            {
                x = ActivationCheckpoint.Run(ActivationCheckpointing, y => block.call(y, grid), x);
            }

            map = TokenPooling.ToImage(norm.call(x), grid);
            maps.Add(map.MoveToOuterDisposeScope());
        }

        return [.. maps];
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) => SambaComplexity.Encoder(Config, height, width);

    private (nn.Module<Tensor, Tensor>, ModuleList<SambaBlock>, LayerNorm) Stage(int stage)
    {
        var dim = Config.Dims[stage];
        var first = Config.Depths.Take(stage).Sum();
        nn.Module<Tensor, Tensor> embed = stage == 0
            ? new SambaStem(Config.Channels, Config.StemDim, dim)
            : new SambaDownsample(Config.Dims[stage - 1], dim);
        var blocks = Enumerable.Range(first, Config.Depths[stage]).Select(
            index => new SambaBlock(Config.Block(stage), Config.Hidden(stage), Config.DropPathAt(index)));
        return (embed, new ModuleList<SambaBlock>([.. blocks]), nn.LayerNorm(dim));
    }
}
