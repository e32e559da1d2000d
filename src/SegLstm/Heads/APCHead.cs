using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>APCNet's decoder: adaptive context at several scales of one map, fused.</summary>
/// <remarks>Names <c>acm_modules.{i}, bottleneck, conv_seg</c>. Source: APCNet (CVPR 2019); mmsegmentation,
/// <c>APCHead</c>.</remarks>
public sealed class APCHead : Head
{
    private readonly ModuleList<AdaptiveContext> acm_modules;
    private readonly ConvNormAct bottleneck;

    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of the map.</param>
    /// <param name="channels">Width of the decoder.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="input">Which map, by index.</param>
    /// <param name="poolScales">Grids of the regions; null: 1, 2, 3, 6.</param>
    /// <param name="fusion">One more 1×1 convolution at each scale.</param>
    /// <param name="dropout">Channel dropout in front of the classifier.</param>
    public APCHead(int inChannels, int channels, int classes, int input, int[]? poolScales = null, bool fusion = true,
        double dropout = 0.1)
        : base(nameof(APCHead), [input], [inChannels], channels, classes, dropout)
    {
        poolScales ??= [1, 2, 3, 6];
        acm_modules = new ModuleList<AdaptiveContext>(
            [.. poolScales.Select(scale => new AdaptiveContext(inChannels, channels, scale, fusion))]);
        bottleneck = new ConvNormAct(inChannels + (poolScales.Length * channels), channels, 3);
        RegisterComponents();
    }

    /// <summary>Maps to scores <c>(N, classes, h, w)</c> at the map's size.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var x = Select(maps)[0];
        var contexts = cat([x, .. acm_modules.Select(module => module.call(x))], 1);
        return Classify(bottleneck.call(contexts)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        var here = pixels[Inputs[0]];
        return acm_modules.Sum(module => module.MultiplyAdds(here)) + bottleneck.MultiplyAdds(here)
            + ClassifierMultiplyAdds(here);
    }
}
