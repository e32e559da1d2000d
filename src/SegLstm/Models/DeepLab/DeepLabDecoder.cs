using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.DeepLab;

/// <summary>DeepLabV3+'s decoder in GLCNet's form: the encoder's map at the fine map's size, both side by side, two 3×3
/// convolutions, a 1×1 to the classes.</summary>
/// <remarks>
/// Resizes have aligned corners. Names <c>conv1, bn1, conv2, bn2, conv3, bn3</c>, and <c>conv4</c> or <c>conv41</c>
/// (<see cref="DeepLabDecoderKind"/>). Kaiming-normal by fan in.
/// Source: DeepLabV3+ (arXiv 1802.02611); GeoX-Lab/G-RSIM, <c>Decoder</c>.
/// </remarks>
public sealed class DeepLabDecoder : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly Conv2d? conv4;
    private readonly Conv2d? conv41;
    private readonly (double First, double Second) dropout;

    /// <summary>Makes the decoder.</summary>
    /// <param name="config">The network.</param>
    public DeepLabDecoder(DeepLabConfig config) : base(nameof(DeepLabDecoder))
    {
        var (momentum, channels) = (config.Backbone.BatchNormMomentum, config.Channels);
        conv1 = nn.Conv2d(config.Backbone.StageChannels[0], config.FineChannels, 1, bias: false);
        bn1 = nn.BatchNorm2d(config.FineChannels, momentum: momentum);
        conv2 = nn.Conv2d(channels + config.FineChannels, channels, 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(channels, momentum: momentum);
        conv3 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn3 = nn.BatchNorm2d(channels, momentum: momentum);
        var pretraining = config.Decoder == DeepLabDecoderKind.PreTraining;
        conv4 = pretraining ? null : nn.Conv2d(channels, config.Classes, 1);
        conv41 = pretraining ? nn.Conv2d(channels, config.Classes, 1) : null;
        dropout = pretraining ? (0, 0) : config.DecoderDropout;
        RegisterComponents();
        DeepLabInitialization.Apply(this);
    }

    private Conv2d Classifier => conv4 ?? conv41!;

    /// <summary>Encoder's map <c>(N, channels, h, w)</c> and the first map of the backbone <c>(N, C, H, W)</c> to scores
    /// <c>(N, classes, H, W)</c>.</summary>
    public override Tensor forward(Tensor x, Tensor fine)
    {
        using var scope = NewDisposeScope();
        var reduced = nn.functional.relu(bn1.call(conv1.call(fine)));
        var y = cat([Resizing.BilinearAligned(x, fine.shape[2], fine.shape[3]), reduced], 1);
        y = Drop(nn.functional.relu(bn2.call(conv2.call(y))), dropout.First);
        y = Drop(nn.functional.relu(bn3.call(conv3.call(y))), dropout.Second);
        return Classifier.call(y).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for a fine map of <paramref name="pixels"/> pixels.</summary>
    public double MultiplyAdds(long pixels)
    {
        double channels = conv2.out_channels, reduced = conv1.out_channels;
        return pixels * ((reduced * (conv1.in_channels + 3)) + (4 * channels) + (channels * ((9 * (channels + reduced)) + 3))
            + (channels * ((9 * channels) + 3)) + (Classifier.out_channels * (channels + 1)));
    }

    private Tensor Drop(Tensor x, double rate) => training && rate > 0 ? BatchPart.Drop(x, rate, channels: false) : x;
}
