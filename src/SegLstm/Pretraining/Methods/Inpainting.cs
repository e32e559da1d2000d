using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Models.ResNet;
using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Networks;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>Inpainting: squares of an image are set to 0, and the network paints them.</summary>
/// <remarks>
/// <para>ResNets, with DeepLab's encoder or without, have the authors' U-shaped decoder; other backbones a light decoder of all
/// maps whose last layer gives each place the pixels of its square. First views are painted, second ones not used. Squares
/// are drawn for each image of each batch; the authors' code draws them once an epoch for each place in a batch.</para>
/// <para>Names <c>backbone, encoder, decoder, head</c>. Source: Context Encoders (arXiv 1604.07379); GeoX-Lab/G-RSIM,
/// <c>models/v3p_inpaiting_encoder.py</c>, <c>utils_SS_pretexts.py</c>.</para>
/// </remarks>
public sealed class Inpainting : PretrainingMethod
{
    /// <summary>Side of a square in pixels, for views of 224.</summary>
    public const int PublishedSide = 16;

    private readonly Backbone backbone;
    private readonly DeepLabEncoder? encoder;
    private readonly nn.Module decoder;
    private readonly PixelHead? head;
    private readonly Trunk trunk;
    private readonly Func<TrunkFeatures, long, long, Tensor> paint;
    private readonly int side;
    private readonly int count;
    private readonly InpaintingLoss error = new();

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">What is pre-trained.</param>
    /// <param name="side">Side of a square in pixels.</param>
    /// <param name="count">Squares an image; they may overlap.</param>
    /// <param name="width">Width of the U-shaped decoder.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public Inpainting(Trunk trunk, int side = PublishedSide, int count = 16, int width = 256) : base(nameof(Inpainting))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        (this.trunk, this.side, this.count, backbone, encoder) = (trunk, side, count, trunk.Backbone, trunk.Encoder);
        var maps = trunk.Backbone;
        if (maps is ResNetBackbone)
        {
            var shaped = new UShapedDecoder(trunk.Channels, maps.Channels, trunk.Bands, width);
            (decoder, paint) = (shaped, shaped.call);
        }
        else
        {
            var light = new LightDecoder(maps.Channels, maps.Strides, 64);
            var pixels = new PixelHead(64, light.Stride, trunk.Bands);
            (decoder, head) = (light, pixels);
            paint = (features, height, width) => pixels.call(light.call(features.Maps), height, width);
        }

        RegisterComponents();
    }

    /// <summary>First views to the loss.</summary>
    /// <exception cref="ArgumentException">An image is smaller than a square.</exception>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        using var scope = NewDisposeScope();
        var image = batch.First;
        var mask = SquareMasks.Erased(image, side, count, new SeedStreams(batch.Seed));
        var painted = paint(trunk.Encode(image * mask), image.shape[2], image.shape[3]);
        return new PretrainingLoss(error.call(painted, image, mask).MoveToOuterDisposeScope());
    }
}
