using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>A 3×3 convolution in two: one kernel a channel, then a 1×1 mix; each with batch norm and ReLU.</summary>
/// <remarks>Names <c>depthwise_conv.*</c>, <c>pointwise_conv.*</c>. Source: mmcv, <c>DepthwiseSeparableConvModule</c>.</remarks>
public sealed class SeparableConv : nn.Module<Tensor, Tensor>
{
    private readonly ConvNormAct depthwise_conv;
    private readonly ConvNormAct pointwise_conv;

    /// <summary>Makes the pair.</summary>
    /// <param name="inChannels">Channels in.</param>
    /// <param name="outChannels">Channels out.</param>
    /// <param name="dilation">Step between the taps of the depthwise kernel.</param>
    public SeparableConv(long inChannels, long outChannels, long dilation = 1) : base(nameof(SeparableConv))
    {
        depthwise_conv = new ConvNormAct(inChannels, inChannels, 3, dilation, groups: inChannels);
        pointwise_conv = new ConvNormAct(inChannels, outChannels, 1);
        RegisterComponents();
    }

    /// <summary><c>(N, in, h, w)</c> to <c>(N, out, h, w)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var depthwise = depthwise_conv.call(x);
        return pointwise_conv.call(depthwise);
    }

    /// <summary>Multiply-adds on a map of <paramref name="pixels"/> pixels.</summary>
    public double MultiplyAdds(long pixels) => depthwise_conv.MultiplyAdds(pixels) + pointwise_conv.MultiplyAdds(pixels);
}
