using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>DeepLabV3's decoder: the image's mean and several dilated convolutions of one map, fused.</summary>
/// <remarks>
/// Dilation 1 is a 1×1 convolution, the others are 3×3. Names <c>image_pool.1, aspp_modules.{i}, bottleneck, conv_seg</c>.
/// Source: DeepLabV3 (arXiv 1706.05587); mmsegmentation, <c>ASPPHead</c>.
/// </remarks>
public sealed class ASPPHead : Head
{
    private readonly Sequential image_pool;
    private readonly ModuleList<ConvNormAct> aspp_modules;
    private readonly ConvNormAct bottleneck;

    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of the map.</param>
    /// <param name="channels">Width of the decoder.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="input">Which map, by index.</param>
    /// <param name="dilations">One convolution each; null: 1, 12, 24, 36.</param>
    /// <param name="dropout">Channel dropout in front of the classifier.</param>
    public ASPPHead(int inChannels, int channels, int classes, int input, int[]? dilations = null, double dropout = 0.1)
        : base(nameof(ASPPHead), [input], [inChannels], channels, classes, dropout)
    {
        dilations ??= [1, 12, 24, 36];
        image_pool = nn.Sequential(("0", nn.AdaptiveAvgPool2d(1)), ("1", new ConvNormAct(inChannels, channels, 1)));
        aspp_modules = new ModuleList<ConvNormAct>(
            [.. dilations.Select(dilation => new ConvNormAct(inChannels, channels, dilation == 1 ? 1 : 3, dilation))]);
        bottleneck = new ConvNormAct((dilations.Length + 1) * channels, channels, 3);
        RegisterComponents();
    }

    /// <summary>Maps to scores <c>(N, classes, h, w)</c> at the map's size.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var x = Select(maps)[0];
        var branches = cat([ResizeLike(image_pool.call(x), x), .. aspp_modules.Select(module => module.call(x))], 1);
        return Classify(bottleneck.call(branches)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        var here = pixels[Inputs[0]];
        return PyramidPooling.MultiplyAdds(InChannels[0], Channels, [1], here)
            + aspp_modules.Sum(module => module.MultiplyAdds(here)) + bottleneck.MultiplyAdds(here)
            + ClassifierMultiplyAdds(here);
    }
}
