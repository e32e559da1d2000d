namespace SegLstm.Models.SegLstm;

/// <summary>Seg-LSTM with its decoders: the published set-ups and smaller ones for a machine without accelerator.</summary>
public static class SegLstmModels
{
    private const string Paper = "Zhu et al., Seg-LSTM (arXiv 2406.14086)";

    private static readonly (string Name, Decoder Decoder, string Words)[] Published =
    [
        ("upernet", Decoder.UPerNet, "UPerNet"),
        ("deeplabv3", Decoder.DeepLabV3, "DeepLabV3"),
        ("deeplabv3plus", Decoder.DeepLabV3Plus, "DeepLabV3+"),
        ("apcnet", Decoder.ApcNet, "APCNet"),
        ("ann", Decoder.Ann, "ANN"),
        ("dpt", Decoder.Dpt, "DPT"),
        ("linear", Decoder.Linear, "linear probe"),
    ];

    /// <summary>Makes a Seg-LSTM.</summary>
    /// <param name="config">The encoder.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="channels">Width of the decoder; null: the published one (<see cref="Decoders.Compose"/>).</param>
    /// <param name="auxiliaryChannels">Width of the auxiliary head on map 2; 256 is published, 0 leaves it out.</param>
    /// <returns>The model with fresh parameters.</returns>
    public static Segmenter Create(
        SegLstmConfig config, int classes, Decoder decoder = Decoder.UPerNet, int? channels = null,
        int auxiliaryChannels = 256) =>
        Decoders.Compose(new SegLSTM(config), classes, decoder, channels, auxiliaryChannels);

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries =>
    [
        .. Published.Select(d => Full(
            $"seglstm_{d.Name}", $"Seg-LSTM 6-6-6-6, width 384, patch 16, {d.Words}", d.Decoder, [6, 6, 6, 6])),
        .. Published.Select(d => Full(
            $"seglstm_44124_{d.Name}", $"Seg-LSTM 4-4-12-4, width 384, patch 16, {d.Words}", d.Decoder, [4, 4, 12, 4])),
        Small(
            "seglstm_tiny", "Seg-LSTM 2-2-2-2, width 96, patch 4, UPerNet 64: trains on a laptop",
            dim: 96, patch: 4, [2, 2, 2, 2], channels: 64),
        // Directions alternate within a stage and begin anew in the next: with one block a stage, none would read backwards.
        Small(
            "seglstm_nano", "Seg-LSTM 2-2-2-2, width 32, patch 1, UPerNet 32: a token a pixel, trains in minutes on two cores",
            dim: 32, patch: 1, [2, 2, 2, 2], channels: 32, imageSize: 16),
        Small(
            "seglstm_mini", "Seg-LSTM 2-2-2-2, width 56, patch 4, UPerNet 32: for crops of 128 px, at the cost of the other minis",
            dim: 56, patch: 4, [2, 2, 2, 2], channels: 32, imageSize: 128),
    ];

    private static CatalogEntry Full(string name, string description, Decoder decoder, int[] depths) => new(
        name, description, Paper, 512,
        (classes, bands, size) => Create(
            new SegLstmConfig { Channels = bands, Height = size, Width = size, Depths = depths }, classes, decoder,
            auxiliaryChannels: decoder == Decoder.Linear ? 0 : 256),
        () => Tiny(decoder));

    private static CatalogEntry Small(
        string name, string description, int dim, int patch, int[] depths, int channels, int imageSize = 64) => new(
        name, description, Paper + ", reduced", imageSize,
        (classes, bands, size) => Create(
            new SegLstmConfig { Dim = dim, Channels = bands, Height = size, Width = size, PatchSize = patch, Depths = depths },
            classes, channels: channels, auxiliaryChannels: channels / 2),
        () => Tiny(Decoder.UPerNet));

    private static Segmenter Tiny(Decoder decoder) => Create(
        new SegLstmConfig { Dim = 16, Height = 16, Width = 16, PatchSize = 8, Depths = [2, 1, 1, 2] }, 3, decoder,
        channels: decoder == Decoder.Dpt ? 4 : 8, auxiliaryChannels: decoder == Decoder.Linear ? 0 : 4);
}
