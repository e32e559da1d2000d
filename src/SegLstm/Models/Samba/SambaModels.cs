namespace SegLstm.Models.Samba;

/// <summary>Samba with its decoder: UPerNet on all four maps, auxiliary FCN on map 2.</summary>
public static class SambaModels
{
    /// <summary>Makes a Samba.</summary>
    /// <param name="config">The encoder, of at least three stages.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="channels">Width of UPerNet; 512 is published.</param>
    /// <param name="auxiliaryChannels">Width of the auxiliary head; 256 is published, 0 leaves it out.</param>
    /// <returns>The model with fresh parameters.</returns>
    public static Segmenter Create(SambaConfig config, int classes, int channels = 512, int auxiliaryChannels = 256) =>
        Decoders.Compose(new SambaBackbone(config), classes, Decoder.UPerNet, channels, auxiliaryChannels, auxiliaryInput: 2);

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries =>
    [
        new(
            "samba",
            "Samba 3-4-6-3, widths 64 to 448, strides 4 to 32, UPerNet 512",
            "Zhu et al., Samba (arXiv 2404.01705)",
            512,
            (classes, bands, _) => Create(new SambaConfig { Channels = bands }, classes),
            () => Create(
                new SambaConfig
                {
                    StemDim = 4,
                    Dims = [8, 8, 12, 16],
                    Depths = [1, 1, 1, 1],
                    MlpRatios = [2, 2, 1, 1],
                    StateSize = 4,
                },
                3, channels: 8, auxiliaryChannels: 4)),
    ];
}
