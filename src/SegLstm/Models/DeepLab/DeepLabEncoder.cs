using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.DeepLab;

/// <summary>Atrous spatial pyramid of the coarse map, mixed by a 1×1 convolution, with dropout: what GLCNet's global and local
/// heads start from.</summary>
/// <remarks>Names <c>ASPP, conv1, bn1</c>. Kaiming-normal by fan in. Source: GeoX-Lab/G-RSIM,
/// <c>deeplab_utils/encoder.py</c>.</remarks>
public sealed class DeepLabEncoder : nn.Module<Tensor, Tensor>
{
    private readonly AtrousPyramid ASPP;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly double dropout;

    /// <summary>Makes the encoder.</summary>
    /// <param name="config">The network.</param>
    public DeepLabEncoder(DeepLabConfig config) : base(nameof(DeepLabEncoder))
    {
        var momentum = config.Backbone.BatchNormMomentum;
        ASPP = new AtrousPyramid(config.Backbone.StageChannels[3], config.Channels, config.Rates, momentum);
        conv1 = nn.Conv2d(5 * config.Channels, config.Channels, 1, bias: false);
        bn1 = nn.BatchNorm2d(config.Channels, momentum: momentum);
        dropout = config.EncoderDropout;
        RegisterComponents();
        DeepLabInitialization.Apply(this);
    }

    /// <summary>The last map of the backbone, <c>(N, C, h, w)</c>, to <c>(N, channels, h, w)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = nn.functional.relu(bn1.call(conv1.call(ASPP.call(x))));
        return (training && dropout > 0 ? BatchPart.Drop(y, dropout, channels: false) : y).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds on a map of <paramref name="pixels"/> pixels.</summary>
    public double MultiplyAdds(long pixels) =>
        ASPP.MultiplyAdds(pixels) + (pixels * (double)conv1.out_channels * (conv1.in_channels + 3));
}
