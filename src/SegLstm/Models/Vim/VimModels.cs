namespace SegLstm.Models.Vim;

/// <summary>Vision Mamba in the authors' segmentation set-up: outputs of layers 5, 11, 17, 23, feature pyramid, UPerNet as wide
/// as the tokens, auxiliary FCN on map 2.</summary>
public static class VimModels
{
    private const string Paper = "Zhu et al., Vision Mamba (arXiv 2401.09417)";

    // The authors' segmentation files leave the rate at their class's default.
    private const double DropPathRate = 0.1;

    private static readonly (string Name, VimConfig Config, string Words)[] Sizes =
    [
        ("tiny", VimConfig.Tiny, ""),
        ("small", VimConfig.Small, ""),
        ("base", VimConfig.Base, " (no such set-up is published: ours, by the rule of the smaller two)"),
    ];

    /// <summary>Makes a Vision Mamba segmenter.</summary>
    /// <param name="config">The Vision Mamba.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="taps">Four layers, ascending from 0 to the last one, whose outputs become feature maps.</param>
    /// <param name="channels">Width of UPerNet; published: that of the tokens.</param>
    /// <param name="auxiliaryChannels">Width of the auxiliary head; 256 is published, 0 leaves it out.</param>
    /// <returns>The model with fresh parameters.</returns>
    public static Segmenter Create(VimConfig config, int classes, int[] taps, int channels, int auxiliaryChannels = 256) =>
        Decoders.Compose(new VisionMambaSeg(config, taps), classes, Decoder.UPerNet, channels, auxiliaryChannels);

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries => Sizes.Select(size => new CatalogEntry(
        $"vim_{size.Name}",
        $"Vim {size.Name}, width {size.Config.Dim}, 24 layers, patch 16, UPerNet {size.Config.Dim}{size.Words}",
        Paper,
        512,
        (classes, bands, side) => Create(
            size.Config with { Channels = bands, Height = side, Width = side, DropPathRate = DropPathRate },
            classes, [5, 11, 17, 23], (int)size.Config.Dim),
        () => Create(
            size.Config with { Dim = 8, Depth = 4, StateSize = 4, Height = 32, Width = 32 },
            3, [0, 1, 2, 3], channels: 8, auxiliaryChannels: 4))).Append(Mini);

    /// <summary>For crops of 128 px and processors; all maps keep the token grid.</summary>
    private static CatalogEntry Mini => new(
        "vim_mini", "Vim, width 52, 8 layers, patch 4, UPerNet 32: for crops of 128 px, at the cost of the other minis",
        Paper + ", reduced", 128,
        (classes, bands, side) => Decoders.Compose(
            new VisionMambaSeg(
                new VimConfig { Dim = 52, Depth = 8, PatchSize = 4, Channels = bands, Height = side, Width = side },
                [1, 3, 5, 7], pyramid: false),
            classes, channels: 32, auxiliaryChannels: 16),
        () => Decoders.Compose(
            new VisionMambaSeg(
                new VimConfig { Dim = 8, Depth = 4, StateSize = 4, PatchSize = 8, Height = 32, Width = 32 },
                [0, 1, 2, 3], pyramid: false),
            3, channels: 8, auxiliaryChannels: 4));
}
