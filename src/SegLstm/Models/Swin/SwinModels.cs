namespace SegLstm.Models.Swin;

/// <summary>Swin in mmsegmentation's set-up: drop path 0.3, UPerNet 512, auxiliary FCN 256 on map 2.</summary>
public static class SwinModels
{
    private static readonly (string Name, long Dim, int[] Depths, int[] Heads)[] Sizes =
    [
        ("tiny", 96, [2, 2, 6, 2], [3, 6, 12, 24]),
        ("small", 96, [2, 2, 18, 2], [3, 6, 12, 24]),
        ("base", 128, [2, 2, 18, 2], [4, 8, 16, 32]),
    ];

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries => Sizes.Select(size => new CatalogEntry(
        $"swin_{size.Name}",
        $"Swin {size.Name} {string.Join('-', size.Depths)}, width {size.Dim}, patch 4, window 7, UPerNet 512",
        "Liu et al., Swin (arXiv 2103.14030)",
        512,
        (classes, bands, _) => Decoders.Compose(
            new SwinBackbone(new SwinConfig
            {
                Dim = size.Dim, Depths = size.Depths, Heads = size.Heads, Channels = bands, DropPathRate = 0.3,
            }),
            classes, auxiliaryInput: 2),
        Tiny)).Append(Mini);

    /// <summary>For crops of 128 px and processors: windows of 4 tokens divide the maps of such crops.</summary>
    private static CatalogEntry Mini => new(
        "swin_mini",
        "Swin 2-2-2-2, width 60, patch 4, window 4, UPerNet 32: for crops of 128 px, at the cost of the other minis",
        "Liu et al., Swin (arXiv 2103.14030), reduced",
        128,
        (classes, bands, _) => Decoders.Compose(
            new SwinBackbone(new SwinConfig
            {
                Dim = 60, Depths = [2, 2, 2, 2], Heads = [2, 4, 8, 16], Window = 4, Channels = bands, DropPathRate = 0,
            }),
            classes, channels: 32, auxiliaryChannels: 16),
        Tiny);

    private static Segmenter Tiny() => Decoders.Compose(
        new SwinBackbone(new SwinConfig { Dim = 4, Depths = [2, 2, 1], Heads = [1, 2, 2], Window = 2, MlpRatio = 2, DropPathRate = 0 }),
        3, channels: 4, auxiliaryChannels: 4, auxiliaryInput: 2);
}
