using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads.Dpt;

/// <summary>DPT's decoder: a 3×3 convolution on each of four maps, then fusion from the coarsest to the finest.</summary>
/// <remarks>
/// <para>Names <c>layer{1..4}_rn</c> and <c>refinenet{1..4}</c>, under <c>scratch</c> in the authors' checkpoints. Their
/// <c>refinenet4.resConfUnit1</c> is left out, unless asked for: nothing goes through it.</para>
/// <para>Deviation: each step enlarges to the size of the next finer map. That is twice the size where the maps halve, as the
/// authors' code takes for granted; odd sizes and maps of one stride (a dilated ResNet) work, too.</para>
/// <para>Source: DPT (arXiv 2103.13413); isl-org/lang-seg, <c>lseg_blocks.py</c>.</para>
/// </remarks>
internal class DptScratch : nn.Module<Tensor[], Tensor>
{
    private readonly Conv2d layer1_rn;
    private readonly Conv2d layer2_rn;
    private readonly Conv2d layer3_rn;
    private readonly Conv2d layer4_rn;
    private readonly FeatureFusion refinenet1;
    private readonly FeatureFusion refinenet2;
    private readonly FeatureFusion refinenet3;
    private readonly FeatureFusion refinenet4;

    /// <summary>Makes the decoder.</summary>
    /// <param name="inChannels">Channels of the four maps, from fine to coarse.</param>
    /// <param name="features">Channels F of all maps inside; 256 is published.</param>
    /// <param name="batchNorm">Normalise in the fusion blocks, as segmentation does.</param>
    /// <param name="unusedUnit">Has <c>refinenet4.resConfUnit1</c>, as the authors' files do.</param>
    public DptScratch(int[] inChannels, int features, bool batchNorm, bool unusedUnit = false) : base(nameof(DptScratch))
    {
        Conv2d Project(int level) => nn.Conv2d(inChannels[level], features, 3, padding: 1, bias: false);
        (layer1_rn, layer2_rn, layer3_rn, layer4_rn) = (Project(0), Project(1), Project(2), Project(3));
        refinenet1 = new FeatureFusion(features, batchNorm);
        refinenet2 = new FeatureFusion(features, batchNorm);
        refinenet3 = new FeatureFusion(features, batchNorm);
        refinenet4 = new FeatureFusion(features, batchNorm, fuses: unusedUnit);
        RegisterComponents();
    }

    private Conv2d[] Projections => [layer1_rn, layer2_rn, layer3_rn, layer4_rn];

    private FeatureFusion[] Fusions => [refinenet1, refinenet2, refinenet3, refinenet4];

    /// <summary>Four maps, from fine to coarse, to <c>(N, F, 2·h, 2·w)</c> where the finest is <c>(N, C, h, w)</c>.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        return Paths(maps)[0].MoveToOuterDisposeScope();
    }

    /// <summary>What comes out of <c>refinenet1</c> to <c>refinenet4</c>, from fine to coarse.</summary>
    public Tensor[] Paths(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var paths = new Tensor[4];
        var path = layer4_rn.call(maps[3]);
        for (var level = 3; level >= 0; level--)
        {
            var skip = level == 3 ? null : Projections[level].call(maps[level]);
            (long, long)? size = level == 0 ? null : (maps[level - 1].shape[2], maps[level - 1].shape[3]);
            paths[level] = path = Fusions[level].call(path, skip, size);
        }

        return [.. paths.Select(fused => fused.MoveToOuterDisposeScope())];
    }

    /// <summary>Multiply-adds for maps of these pixels.</summary>
    public double MultiplyAdds(IReadOnlyList<long> pixels) => Enumerable.Range(0, 4).Sum(level =>
        (9.0 * pixels[level] * Projections[level].in_channels * Projections[level].out_channels)
        + Fusions[level].MultiplyAdds(pixels[level], level == 0 ? 4 * pixels[0] : pixels[level - 1]));
}
