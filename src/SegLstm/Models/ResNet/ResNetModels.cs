namespace SegLstm.Models.ResNet;

/// <summary>ResNets with the decoders that convolutional baselines have.</summary>
/// <remarks>
/// DeepLabV3+ is mmsegmentation's at output stride 8 (<c>deeplabv3plus_r50-d8</c>): its dilations 1, 12, 24, 36 are meant for
/// that stride; the auxiliary head reads map 2. The stem is the plain 7×7 of torchvision, whose weights fit.
/// </remarks>
public static class ResNetModels
{
    private const string Paper = "He et al., ResNet (arXiv 1512.03385); Chen et al., DeepLabV3+ (arXiv 1802.02611)";

    private static readonly (string Name, ResNetConfig Config)[] Sizes =
        [("resnet50", ResNetConfig.ResNet50), ("resnet101", ResNetConfig.ResNet101)];

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries =>
    [
        .. Sizes.Select(size => new CatalogEntry(
            $"{size.Name}_deeplabv3plus", $"ResNet-{size.Name["resnet".Length..]}, output stride 8, DeepLabV3+ 512", Paper, 512,
            (classes, bands, _) => Create(size.Config with { Channels = bands }, classes, 512, 256), Smallest)),
        new CatalogEntry(
            "resnet_tiny_deeplabv3plus", "ResNet 1-1-1-1, width 16, output stride 8, DeepLabV3+ 64: trains on a laptop",
            Paper + ", reduced", 64,
            (classes, bands, _) => Create(
                new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 16, Channels = bands }, classes, 64, 32), Smallest),
    ];

    private static Segmenter Smallest() => Create(new ResNetConfig { Blocks = [1, 1, 2, 2], Width = 1 }, 3, 4, 4);

    private static Segmenter Create(ResNetConfig config, int classes, int channels, int auxiliaryChannels) => Decoders.Compose(
        new ResNetBackbone(config with { OutputStride = 8 }), classes, Decoder.DeepLabV3Plus, channels, auxiliaryChannels);
}
