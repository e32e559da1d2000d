using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>DeepLabV3+'s decoder: DeepLabV3 with separable dilated convolutions, joined by a fine map and refined.</summary>
/// <remarks>
/// Names <c>image_pool.1, aspp_modules.{i}, bottleneck, c1_bottleneck, sep_bottleneck.{0,1}, conv_seg</c>.
/// Source: DeepLabV3+ (arXiv 1802.02611); mmsegmentation, <c>DepthwiseSeparableASPPHead</c>. The fine map is always map 0.
/// </remarks>
public sealed class DepthwiseSeparableASPPHead : Head
{
    private readonly Sequential image_pool;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> aspp_modules;
    private readonly ConvNormAct bottleneck;
    private readonly ConvNormAct c1_bottleneck;
    private readonly ModuleList<SeparableConv> sep_bottleneck;

    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of the coarse map.</param>
    /// <param name="channels">Width of the decoder.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="input">The coarse map, by index.</param>
    /// <param name="fineInChannels">Channels of map 0.</param>
    /// <param name="fineChannels">Channels that the fine map is reduced to.</param>
    /// <param name="dilations">One convolution each; null: 1, 12, 24, 36.</param>
    /// <param name="dropout">Channel dropout in front of the classifier.</param>
    public DepthwiseSeparableASPPHead(
        int inChannels, int channels, int classes, int input, int fineInChannels, int fineChannels = 48,
        int[]? dilations = null, double dropout = 0.1)
        : base(nameof(DepthwiseSeparableASPPHead), [0, input], [fineInChannels, inChannels], channels, classes, dropout)
    {
        dilations ??= [1, 12, 24, 36];
        image_pool = nn.Sequential(("0", nn.AdaptiveAvgPool2d(1)), ("1", new ConvNormAct(inChannels, channels, 1)));
        aspp_modules = new ModuleList<nn.Module<Tensor, Tensor>>([.. dilations.Select(dilation => dilation > 1
            ? (nn.Module<Tensor, Tensor>)new SeparableConv(inChannels, channels, dilation)
            : new ConvNormAct(inChannels, channels, 1))]);
        bottleneck = new ConvNormAct((dilations.Length + 1) * channels, channels, 3);
        c1_bottleneck = new ConvNormAct(fineInChannels, fineChannels, 1);
        sep_bottleneck = new ModuleList<SeparableConv>(
            new SeparableConv(channels + fineChannels, channels), new SeparableConv(channels, channels));
        RegisterComponents();
    }

    /// <summary>Maps to scores <c>(N, classes, h, w)</c> at the fine map's size.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var selected = Select(maps);
        var x = selected[1];
        var branches = cat([ResizeLike(image_pool.call(x), x), .. aspp_modules.Select(module => module.call(x))], 1);
        var fine = c1_bottleneck.call(selected[0]);
        var joined = cat([ResizeLike(bottleneck.call(branches), fine), fine], 1);
        return Classify(sep_bottleneck.Aggregate(joined, (map, conv) => conv.call(map))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        var (fine, coarse) = (pixels[Inputs[0]], pixels[Inputs[1]]);
        var aspp = aspp_modules.Sum(module =>
            module is SeparableConv pair ? pair.MultiplyAdds(coarse) : ((ConvNormAct)module).MultiplyAdds(coarse));
        return PyramidPooling.MultiplyAdds(InChannels[1], Channels, [1], coarse) + aspp + bottleneck.MultiplyAdds(coarse)
            + c1_bottleneck.MultiplyAdds(fine) + (4.0 * fine * Channels)
            + sep_bottleneck.Sum(conv => conv.MultiplyAdds(fine)) + ClassifierMultiplyAdds(fine);
    }
}
