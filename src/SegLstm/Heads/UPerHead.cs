using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>UPerNet's decoder: pyramid pooling on the coarsest map, a top-down feature pyramid, and a fusion of all
/// levels.</summary>
/// <remarks>
/// The finer lateral receives the coarser one's <b>sum</b>. The coarsest level is fused without a convolution of its own.
/// Names <c>psp_modules, bottleneck, lateral_convs, fpn_convs, fpn_bottleneck, conv_seg</c>.
/// Source: UPerNet (arXiv 1807.10221); mmsegmentation, <c>UPerHead</c>.
/// <code>
/// var head = new UPerHead([384, 384, 384, 384], channels: 512, classes: 7);     // 29,113,863 parameters
/// </code>
/// </remarks>
public sealed class UPerHead : Head
{
    private static readonly int[] DefaultScales = [1, 2, 3, 6];

    private readonly ModuleList<Sequential> psp_modules;
    private readonly ConvNormAct bottleneck;
    private readonly ModuleList<ConvNormAct> lateral_convs;
    private readonly ModuleList<ConvNormAct> fpn_convs;
    private readonly ConvNormAct fpn_bottleneck;
    private readonly int[] scales;

    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of the maps, from fine to coarse.</param>
    /// <param name="channels">Width of the decoder.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="inputs">Which maps, by index; null: the first ones.</param>
    /// <param name="poolScales">Grids of the pyramid pooling; null: 1, 2, 3, 6.</param>
    /// <param name="dropout">Channel dropout in front of the classifier.</param>
    public UPerHead(int[] inChannels, int channels, int classes, int[]? inputs = null, int[]? poolScales = null,
        double dropout = 0.1)
        : base(nameof(UPerHead), inputs ?? [.. Enumerable.Range(0, inChannels.Length)], inChannels, channels, classes, dropout)
    {
        scales = poolScales ?? DefaultScales;
        psp_modules = PyramidPooling.Make(inChannels[^1], channels, scales);
        bottleneck = new ConvNormAct(inChannels[^1] + (scales.Length * channels), channels, 3);
        lateral_convs = new ModuleList<ConvNormAct>([.. inChannels.SkipLast(1).Select(c => new ConvNormAct(c, channels, 1))]);
        fpn_convs = new ModuleList<ConvNormAct>([.. inChannels.SkipLast(1).Select(_ => new ConvNormAct(channels, channels, 3))]);
        fpn_bottleneck = new ConvNormAct(inChannels.Length * channels, channels, 3);
        RegisterComponents();
    }

    /// <summary>Maps to scores <c>(N, classes, h, w)</c> at the finest map's size.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var x = Select(maps);
        var levels = new Tensor[x.Length];
        levels[^1] = bottleneck.call(PyramidPooling.Concatenate(psp_modules, x[^1]));
        for (var i = x.Length - 2; i >= 0; i--)
        {
            var lateral = lateral_convs[i].call(x[i]);
            levels[i] = lateral + ResizeLike(levels[i + 1], lateral);
        }

        for (var i = 0; i < x.Length - 1; i++)
        {
            levels[i] = fpn_convs[i].call(levels[i]);
        }

        var fused = fpn_bottleneck.call(cat([.. levels.Select(level => ResizeLike(level, levels[0]))], 1));
        return Classify(fused).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        var finest = pixels[Inputs[0]];
        var total = PyramidPooling.MultiplyAdds(InChannels[^1], Channels, scales, pixels[Inputs[^1]])
            + bottleneck.MultiplyAdds(pixels[Inputs[^1]]);
        for (var i = 0; i < Inputs.Length - 1; i++)
        {
            var here = pixels[Inputs[i]];
            // Lateral and output convolution, the sum, and the two bilinear resizes.
            total += lateral_convs[i].MultiplyAdds(here) + fpn_convs[i].MultiplyAdds(here) + (5.0 * here * Channels)
                + (4.0 * finest * Channels);
        }

        return total + fpn_bottleneck.MultiplyAdds(finest) + ClassifierMultiplyAdds(finest);
    }
}
