using SegLstm.Layers;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>Vision Mamba as segmentation backbone: the outputs of four mixers (not the residual stream), and a feature
/// pyramid. There is no class token.</summary>
/// <remarks>
/// <para>Names <c>pos_embed, patch_embed, layers, fpn1.0, fpn1.1, fpn1.3, fpn2.0</c>. What the authors' class has and nothing
/// reads (norm_f) is left out. <see cref="Fit"/> takes a classifier's checkpoint: cls_token, its position, norm_f and head go,
/// positions are resized bicubically (<c>vim/utils.py</c>, from DeiT and BEiT), the pyramid stays as it is.</para>
/// <para>Source: hustvl/Vim, <c>seg/backbone/vim.py</c>. Deviations: rectangular images work; fresh layers start as the
/// classifier's (theirs are drawn anew with standard deviation 0.02, for a checkpoint to overwrite them).</para>
/// </remarks>
public sealed class VisionMambaSeg : Backbone
{
    private readonly Parameter pos_embed;
    private readonly nn.Module patch_embed;
    private readonly ModuleList<VimLayer> layers;
    private readonly Sequential? fpn1;
    private readonly Sequential? fpn2;
    private readonly Sequential? fpn3;
    private readonly Sequential? fpn4;
    private readonly VimTrunk trunk;
    private readonly VimConfig config;
    private readonly int[] taps;

    /// <summary>Makes the backbone.</summary>
    /// <param name="config">The Vision Mamba; class token, pool and classes are those of the classifiers whose checkpoints it
    /// takes.</param>
    /// <param name="taps">Layers, ascending from 0, whose outputs become feature maps; the last layer must be among them.
    /// Published: 5, 11, 17, 23.</param>
    /// <param name="pyramid">Resample four taps to 4, 2, 1 and 1/2 times the token grid (patch size 16); else all maps keep the
    /// grid.</param>
    /// <exception cref="ArgumentException">The configuration or the taps are not valid, or the patch size has no
    /// pyramid.</exception>
    public VisionMambaSeg(VimConfig config, int[] taps, bool pyramid = true)
        : base(nameof(VisionMambaSeg), StridesOf(config, taps, pyramid), [.. Enumerable.Repeat((int)config.Dim, taps.Length)])
    {
        trunk = new VimTrunk(config with { ClassToken = ClassToken.None, Classes = null }, nameof(VisionMambaSeg));
        CheckTaps(taps, config.Depth);
        (this.config, this.taps) = (config, taps);
        (pos_embed, patch_embed, layers) = (trunk.Positions, trunk.Patches, trunk.Layers);
        if (pyramid)
        {
            var dim = config.Dim;
            var levels = FeaturePyramid.Levels(dim, config.PatchSize, () => nn.ConvTranspose2d(dim, dim, 2, stride: 2))
                .Select(level => nn.Sequential(level)).ToArray();
            (fpn1, fpn2, fpn3, fpn4) = (levels[0], levels[1], levels[2], levels[3]);
        }

        RegisterComponents();
    }

    /// <summary>The patch size; with a pyramid so many times that its coarsest map has a pixel.</summary>
    public override int SizeMultiple => (int)config.PatchSize * (fpn1 is null ? 1 : config.PatchSize == 8 ? 4 : 2);

    /// <summary><c>(N, bands, h, w)</c> to one map a tap.</summary>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (tokens, grid) = trunk.Embed(image, classToken: null);
        var (_, outputs) = trunk.Run(tokens, taps[^1] + 1, ActivationCheckpointing);
        var maps = taps.Select(tap => TokenPooling.ToImage(outputs[tap], grid));
        Sequential?[] levels = [fpn1, fpn2, fpn3, fpn4];
        return
        [
            .. maps.Select((map, level) => fpn1 is null ? map : levels[level]!.call(map))
                .Select(map => map.MoveToOuterDisposeScope()),
        ];
    }

    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) =>
        VimCheckpoint.Fit(checkpoint, state_dict(), config);

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width)
    {
        var pyramid = fpn1 is null ? 0
            : FeaturePyramid.MultiplyAdds(config.Dim, config.PatchSize, config.GridOf(height, width).Tokens);
        return VimComplexity.Trunk(config with { ClassToken = ClassToken.None }, height, width, config.Depth) + pyramid;
    }

    private static int[] StridesOf(VimConfig config, int[] taps, bool pyramid)
    {
        if (pyramid && taps.Length != FeaturePyramid.Strides.Count)
        {
            throw new ArgumentException(
                $"The feature pyramid is made of {FeaturePyramid.Strides.Count} taps, got {taps.Length}.", nameof(taps));
        }

        return pyramid
            ? [.. FeaturePyramid.Strides.Select(stride => (int)(stride * config.PatchStep / Math.Max(config.PatchSize, 1)))]
            : [.. Enumerable.Repeat((int)config.PatchStep, taps.Length)];
    }

    private static void CheckTaps(int[] taps, int depth)
    {
        // Layers behind the last tap would be parameters that nothing reads.
        var ascending = taps.Zip(taps.Skip(1)).All(pair => pair.First < pair.Second);
        if (taps.Length == 0 || taps[0] < 0 || !ascending || taps[^1] != depth - 1)
        {
            throw new ArgumentException(
                $"Expected ascending layer indexes from 0 that end on the last layer, {depth - 1}, " +
                $"got [{string.Join(", ", taps)}].",
                nameof(taps));
        }
    }
}
