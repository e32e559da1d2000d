using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Models.ResNet;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>What pre-training is for: a backbone, and in GLCNet's DeepLabV3+ the atrous encoder on it. Methods build their heads
/// around it and hand its weights on to fine-tuning.</summary>
/// <remarks>It is no module itself, so that each method can register its parts under the names that its authors' checkpoints have
/// (<c>backbone.*, encoder.*</c>).</remarks>
public sealed class Trunk
{
    /// <summary>Takes a backbone.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="bands">Bands of the images that it was made for.</param>
    public Trunk(Backbone backbone, int bands) => (Backbone, Bands) = (backbone, bands);

    /// <summary>Makes the backbone and the encoder of GLCNet's DeepLabV3+, with fresh weights.</summary>
    /// <param name="config">The network; decoder and classes are left out.</param>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public Trunk(DeepLabConfig config)
    {
        Problems.ThrowIfAny(nameof(Trunk), config.Validate());
        var resnet = new ResNetBackbone(config.Backbone);
        if (config.Backbone.Channels != 3)
        {
            resnet.ResetStem();
        }

        (Backbone, Bands, DeepLab, Encoder) = (resnet, config.Backbone.Channels, config, new DeepLabEncoder(config));
    }

    /// <summary>The backbone.</summary>
    public Backbone Backbone { get; }

    /// <summary>Bands of the images.</summary>
    public int Bands { get; }

    /// <summary>The atrous encoder; null where the backbone stands alone.</summary>
    public DeepLabEncoder? Encoder { get; }

    /// <summary>The network that it is part of; null where the backbone stands alone.</summary>
    public DeepLabConfig? DeepLab { get; }

    /// <summary>Channels of the coarse map.</summary>
    public int Channels => DeepLab?.Channels ?? Backbone.Channels[^1];

    /// <summary>Image pixels in a step of the coarse map.</summary>
    public int Stride => Backbone.Strides[^1];

    /// <summary>Makes the backbone of a model of the catalog, with fresh weights.</summary>
    /// <param name="name">Name in the <see cref="Catalog"/>, such as <c>vil2_tiny</c>.</param>
    /// <param name="bands">Bands of the images.</param>
    /// <param name="imageSize">Side of the views in pixels.</param>
    /// <exception cref="ArgumentException">There is no such model, or a number does not fit it.</exception>
    public static Trunk OfCatalog(string name, int bands, int imageSize) =>
        new(Catalog.CreateBackbone(name, bands, imageSize), bands);

    /// <summary>Images <c>(B, bands, H, W)</c> to the backbone's maps and the coarse map.</summary>
    public TrunkFeatures Encode(Tensor image)
    {
        var maps = Backbone.call(image);
        return new TrunkFeatures(Encoder is null ? maps[^1] : Encoder.call(maps[3]), maps);
    }
}
