namespace SegLstm.Models.VisionLstm;

/// <summary>Vision-LSTM in the authors' segmentation set-up: taps 7, 11, 15, 23, feature pyramid, UPerNet, auxiliary FCN on map
/// 2.</summary>
public static class VisionLstmModels
{
    internal const string Paper = "Alkin et al., Vision-LSTM (arXiv 2406.04303)";

    // Sizes and strides are the authors', as is the segmentation of T, S and B at stride 16. They segmented with no other: there
    // drop path is that of the plain size, and the taps are at a third, a half, two thirds and the end as well.
    private static readonly (string Name, int Version, int Dim, int Depth, int? Stride, int Width, double DropPath)[] Sizes =
    [
        ("vil_tiny", 1, 192, 24, null, 192, 0),
        ("vil_small", 1, 384, 24, null, 384, 0.05),
        ("vil_base", 1, 768, 24, null, 384, 0.1),
        ("vil_tinyplus", 1, 192, 29, null, 192, 0),
        ("vil_smallplus", 1, 384, 26, null, 384, 0.05),
        ("vil_tinyplus_stride8", 1, 192, 29, 8, 192, 0),
        ("vil_smallplus_stride8", 1, 384, 26, 8, 384, 0.05),
        ("vil_base_stride8", 1, 768, 24, 8, 384, 0.1),
        ("vil2_tiny", 2, 192, 24, null, 192, 0),
        ("vil2_small", 2, 384, 24, null, 384, 0.05),
        ("vil2_base", 2, 768, 24, null, 384, 0.1),
    ];

    /// <summary>Makes a Vision-LSTM segmenter.</summary>
    /// <param name="config">The Vision-LSTM.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="taps">Four sub-blocks, ascending from 0, whose outputs become feature maps.</param>
    /// <param name="channels">Width of UPerNet and of the auxiliary head.</param>
    /// <param name="pyramid">Resample the maps to strides 4, 8, 16, 32 (8, 14 or 16 pixels between tokens only).</param>
    /// <returns>The model with fresh parameters.</returns>
    public static Segmenter Create(VisionLstmConfig config, int classes, int[] taps, int channels, bool pyramid = true) =>
        Compose(new VisionLstmBackbone(config, taps, pyramid), classes, channels);

    /// <summary>Makes a segmenter of a model of the training code.</summary>
    /// <inheritdoc cref="Create(VisionLstmConfig, int, int[], int, bool)"/>
    public static Segmenter Create(VisLstmConfig config, int classes, int[] taps, int channels, bool pyramid = true) =>
        Compose(new VisionLstmBackbone(config, taps, pyramid), classes, channels);

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries =>
        Sizes.Select(Entry).Append(WithDpt).Append(Mini).Concat(VilAblations.Entries);

    /// <summary>For crops of 128 px and processors; all maps keep the token grid.</summary>
    private static CatalogEntry Mini => new(
        "vil2_mini", "ViL release 2, width 56, 8 sub-blocks, patch 4, UPerNet 32: for crops of 128 px, at the cost of the other minis",
        Paper + ", reduced", 128,
        (classes, bands, side) => Decoders.Compose(
            Plain(VisionLstmConfig.V2 with
            {
                Dim = 56, Depth = 4, PatchSize = 4, Channels = bands, Height = side, Width = side,
            }, [1, 3, 5, 7]),
            classes, channels: 32, auxiliaryChannels: 16),
        () => Decoders.Compose(
            Plain(VisionLstmConfig.V2 with { Dim = 16, Depth = 2, Height = 32, Width = 32, PatchSize = 8 }, [0, 1, 2, 3]),
            3, channels: 8, auxiliaryChannels: 4));

    /// <summary>DPT in UPerNet's place; it makes its own pyramid of the taps.</summary>
    private static CatalogEntry WithDpt => new(
        "vil2_tiny_dpt", "ViL release 2, width 192, 24 sub-blocks, patch 16, DPT 256", Paper, 512,
        (classes, bands, side) => Decoders.Compose(
            Plain(VisionLstmConfig.V2 with { Dim = 192, Channels = bands, Height = side, Width = side }, [7, 11, 15, 23]),
            classes, Decoder.Dpt),
        () => Decoders.Compose(
            Plain(VisionLstmConfig.V2 with { Dim = 16, Depth = 2, Height = 32, Width = 32, PatchSize = 8 }, [0, 1, 2, 3]),
            3, Decoder.Dpt, channels: 4, auxiliaryChannels: 4));

    private static VisionLstmBackbone Plain(VisionLstmConfig config, int[] taps) => new(config, taps, pyramid: false);

    private static CatalogEntry Entry(
        (string Name, int Version, int Dim, int Depth, int? Stride, int Width, double DropPath) size)
    {
        var release = size.Version == 1 ? VisionLstmConfig.V1 : VisionLstmConfig.V2;
        var stride = size.Stride is { } pixels ? $", stride {pixels}" : "";
        return new CatalogEntry(
            size.Name,
            $"ViL release {size.Version}, width {size.Dim}, {size.Depth} sub-blocks, patch 16{stride}, UPerNet {size.Width}",
            Paper,
            512,
            (classes, bands, side) => Create(
                release with
                {
                    Dim = size.Dim,
                    Depth = size.Depth / size.Version,
                    Stride = size.Stride,
                    Channels = bands,
                    Height = side,
                    Width = side,
                    DropPathRate = size.DropPath,
                    DropPathDecay = true,
                },
                classes, Taps(size.Depth), size.Width),
            () => Create(
                release with { Dim = 16, Depth = 4 / size.Version, Stride = size.Stride, Height = 32, Width = 32 },
                3, [0, 1, 2, 3], channels: 8));
    }

    private static int[] Taps(int depth) => [(depth / 3) - 1, (depth / 2) - 1, (2 * depth / 3) - 1, depth - 1];

    private static Segmenter Compose(VisionLstmBackbone backbone, int classes, int channels) => Decoders.Compose(
        backbone, classes, channels: channels, auxiliaryChannels: channels, auxiliaryInput: 2, dropout: 0);
}
