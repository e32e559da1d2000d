using SegLstm.Layers;
using SegLstm.Models.ResNet;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.DeepLab;

/// <summary>GLCNet's network: a dilated ResNet, an encoder with an atrous pyramid, and DeepLabV3+'s decoder.</summary>
/// <remarks>
/// <para>It differs from mmsegmentation's DeepLabV3+ (<c>resnet50_deeplabv3plus</c> in the <see cref="Catalog"/>) in full
/// instead of separable convolutions, their dilations, the aligned corners of every resize, elementwise dropout and batch norm
/// momentum.</para>
/// <para>Names <c>backbone, encoder</c> and <c>decoder</c> or <c>decoder_ft</c> (<see cref="DeepLabDecoderKind"/>). With other
/// than three bands the stem starts at PyTorch's default, as in the authors' code.
/// Source: GLCNet (arXiv 2106.10605); GeoX-Lab/G-RSIM, <c>models/*.py</c>.</para>
/// <code>
/// var model = new DeepLabV3Plus(new DeepLabConfig { Classes = 7 });
/// var logits = model.forward(torch.randn(2, 3, 256, 256));          // (2, 7, 256, 256)
/// </code>
/// </remarks>
public sealed class DeepLabV3Plus : nn.Module<Tensor, Tensor>
{
    private readonly ResNetBackbone backbone;
    private readonly DeepLabEncoder encoder;
    private readonly DeepLabDecoder? decoder;
    private readonly DeepLabDecoder? decoder_ft;

    /// <summary>Makes the network.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public DeepLabV3Plus(DeepLabConfig config) : base(nameof(DeepLabV3Plus))
    {
        Problems.ThrowIfAny(nameof(DeepLabV3Plus), config.Validate());

        Config = config;
        backbone = new ResNetBackbone(config.Backbone);
        encoder = new DeepLabEncoder(config);
        (decoder, decoder_ft) = config.Decoder == DeepLabDecoderKind.FineTuning
            ? ((DeepLabDecoder?)null, new DeepLabDecoder(config))
            : (new DeepLabDecoder(config), null);
        if (config.Backbone.Channels != 3)
        {
            backbone.ResetStem();
        }

        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public DeepLabConfig Config { get; }

    /// <summary>The backbone.</summary>
    public ResNetBackbone Backbone => backbone;

    /// <summary>Image <c>(N, bands, H, W)</c> to scores <c>(N, classes, H, W)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands.</exception>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (coarse, fine) = Encode(image);
        return Decode(coarse, fine, image.shape[2], image.shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>Image to the encoder's map <c>(N, channels, h, w)</c> and the first map of the backbone <c>(N, C, H/4,
    /// W/4)</c>.</summary>
    public (Tensor Coarse, Tensor Fine) Encode(Tensor image)
    {
        using var scope = NewDisposeScope();
        var maps = backbone.call(image);
        return (encoder.call(maps[3]).MoveToOuterDisposeScope(), maps[0].MoveToOuterDisposeScope());
    }

    /// <summary>What <see cref="Encode"/> gave, to scores <c>(N, classes, height, width)</c>.</summary>
    public Tensor Decode(Tensor coarse, Tensor fine, long height, long width)
    {
        using var scope = NewDisposeScope();
        return Resizing.BilinearAligned((decoder ?? decoder_ft!).call(coarse, fine), height, width).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for one image, by the convention of <see cref="Complexity"/>.</summary>
    public double MultiplyAdds(long height, long width)
    {
        long Pixels(int stride) => ((height + stride - 1) / stride) * ((width + stride - 1) / stride);
        return backbone.MultiplyAdds(height, width) + encoder.MultiplyAdds(Pixels(Config.Backbone.OutputStride))
            + (decoder ?? decoder_ft!).MultiplyAdds(Pixels(4)) + (4.0 * height * width * Config.Classes);
    }
}
