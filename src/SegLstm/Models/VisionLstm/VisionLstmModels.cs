using SegLstm.Heads;

namespace SegLstm.Models.VisionLstm;

/// <summary>Vision-LSTM in the authors' segmentation set-up: taps 7, 11, 15, 23, feature pyramid, UPerNet, auxiliary FCN on map
/// 2.</summary>
public static class VisionLstmModels
{
    private const string Paper = "Alkin et al., Vision-LSTM (arXiv 2406.04303)";

    private static readonly (string Prefix, VisionLstmConfig Config, string Words)[] Releases =
        [("vil", VisionLstmConfig.V1, "first release"), ("vil2", VisionLstmConfig.V2, "second release")];

    private static readonly (string Name, int Dim, int Width, double DropPath)[] Sizes =
        [("tiny", 192, 192, 0), ("small", 384, 384, 0.05), ("base", 768, 384, 0.1)];

    /// <summary>Makes a Vision-LSTM segmenter.</summary>
    /// <param name="config">The Vision-LSTM.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="taps">Four sub-blocks, ascending from 0, whose outputs become feature maps.</param>
    /// <param name="channels">Width of UPerNet and of the auxiliary head.</param>
    /// <param name="pyramid">Resample the maps to strides 4, 8, 16, 32 (patch sizes 8, 14, 16 only).</param>
    /// <returns>The model with fresh parameters.</returns>
    public static Segmenter Create(VisionLstmConfig config, int classes, int[] taps, int channels, bool pyramid = true)
    {
        var backbone = new VisionLstmBackbone(config, taps, pyramid);
        return new Segmenter(
            backbone,
            new UPerHead(backbone.Channels, channels, classes, dropout: 0),
            new FCNHead(backbone.Channels[2], channels, classes, input: 2, convolutions: 1, concatInput: false, dropout: 0));
    }

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries => WithUPerNet.Append(WithDpt);

    /// <summary>DPT in UPerNet's place; it makes its own pyramid of the taps.</summary>
    private static CatalogEntry WithDpt => new(
        "vil2_tiny_dpt", "ViL tiny (second release), width 192, 24 sub-blocks, patch 16, DPT 256", Paper, 512,
        (classes, bands, side) => Decoders.Compose(
            Plain(VisionLstmConfig.V2 with { Dim = 192, Channels = bands, Height = side, Width = side }, [7, 11, 15, 23]),
            classes, Decoder.Dpt),
        () => Decoders.Compose(
            Plain(VisionLstmConfig.V2 with { Dim = 16, Depth = 2, Height = 32, Width = 32, PatchSize = 8 }, [0, 1, 2, 3]),
            3, Decoder.Dpt, channels: 4, auxiliaryChannels: 4));

    private static VisionLstmBackbone Plain(VisionLstmConfig config, int[] taps) => new(config, taps, pyramid: false);

    private static IEnumerable<CatalogEntry> WithUPerNet =>
        from release in Releases
        from size in Sizes
        select new CatalogEntry(
            $"{release.Prefix}_{size.Name}",
            $"ViL {size.Name} ({release.Words}), width {size.Dim}, 24 sub-blocks, patch 16, UPerNet {size.Width}",
            Paper,
            512,
            (classes, bands, side) => Create(
                release.Config with
                {
                    Dim = size.Dim,
                    Channels = bands,
                    Height = side,
                    Width = side,
                    DropPathRate = size.DropPath,
                    DropPathDecay = true,
                },
                classes, [7, 11, 15, 23], size.Width),
            () => Create(
                release.Config with { Dim = 16, Depth = release.Config.Version == 1 ? 4 : 2, Height = 32, Width = 32 },
                3, [0, 1, 2, 3], channels: 8));
}
