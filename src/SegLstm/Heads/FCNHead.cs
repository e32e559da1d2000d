using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>A few convolutions on one map: the fully convolutional decoder, and the auxiliary head of all set-ups here.</summary>
/// <remarks>Names <c>convs.{i}, conv_cat, conv_seg</c>. Source: FCN (arXiv 1411.4038); mmsegmentation, <c>FCNHead</c>.</remarks>
public sealed class FCNHead : Head
{
    private readonly ModuleList<ConvNormAct> convs;
    private readonly ConvNormAct? conv_cat;

    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of the map.</param>
    /// <param name="channels">Width of the decoder.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="input">Which map, by index.</param>
    /// <param name="convolutions">Number of convolutions; 0 needs <paramref name="channels"/> =
    /// <paramref name="inChannels"/>.</param>
    /// <param name="concatInput">Joins the map to the result by one more convolution.</param>
    /// <param name="kernelSize">Odd side of the kernels.</param>
    /// <param name="dilation">Step between their taps.</param>
    /// <param name="dropout">Channel dropout in front of the classifier.</param>
    /// <exception cref="ArgumentException">No convolution, but other channels out than in.</exception>
    public FCNHead(
        int inChannels, int channels, int classes, int input, int convolutions = 2, bool concatInput = true,
        int kernelSize = 3, int dilation = 1, double dropout = 0.1)
        : base(nameof(FCNHead), [input], [inChannels], channels, classes, dropout)
    {
        if (convolutions < 0 || (convolutions == 0 && inChannels != channels))
        {
            throw new ArgumentException(
                $"FCNHead: {convolutions} convolutions cannot make {channels} channels of {inChannels}.", nameof(convolutions));
        }

        convs = new ModuleList<ConvNormAct>(
            [.. Enumerable.Range(0, convolutions).Select(i =>
                new ConvNormAct(i == 0 ? inChannels : channels, channels, kernelSize, dilation))]);
        conv_cat = concatInput ? new ConvNormAct(inChannels + channels, channels, kernelSize) : null;
        RegisterComponents();
    }

    /// <summary>Maps to scores <c>(N, classes, h, w)</c> at the map's size.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var x = Select(maps)[0];
        var y = convs.Aggregate(x, (map, conv) => conv.call(map));
        return Classify(conv_cat is null ? y : conv_cat.call(cat([x, y], 1))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        var here = pixels[Inputs[0]];
        return convs.Sum(conv => conv.MultiplyAdds(here)) + (conv_cat?.MultiplyAdds(here) ?? 0) + ClassifierMultiplyAdds(here);
    }
}
