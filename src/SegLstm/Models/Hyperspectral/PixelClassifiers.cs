using SpectralMambaModel = SegLstm.Models.SpectralMamba.SpectralMamba;

namespace SegLstm.Models.Hyperspectral;

/// <summary>All classifiers of hyperspectral pixels by name: SpectralMamba and the networks it is compared with.</summary>
public static class PixelClassifiers
{
    /// <summary>They, in the order of the paper's table.</summary>
    public static IReadOnlyList<PixelClassifierEntry> All { get; } =
    [
        new("mlp_pixel", "Multilayer perceptron, the pixel alone", 1, null, input => new SpectralMlp(input)),
        new("mlp_patch", "Multilayer perceptron, 3 x 3 pixels", 3, null, input => new SpectralMlp(input)),
        new("cnn1d_pixel", "1-D CNN along the spectrum", 1, null, input => new SpectralCnn1d(input)),
        new("cnn2d_patch", "2-D CNN, 3 x 3 pixels", 3, null, input => new SpectralCnn2d(input)),
        new("casrnn_pixel", "Cascaded GRUs, the pixel alone", 1, null, input => new CasRnn(input)),
        new("casrnn_patch", "Cascaded GRUs, 3 x 3 pixels", 3, new PublishedRow(97.19, 97.59, 0.9695, 572.31, 353.25),
            input => new CasRnn(input)),
        new("spectralformer_pixel", "SpectralFormer, the pixel alone", 1, null, input => new SpectralFormer(input)),
        new("spectralformer_patch", "SpectralFormer, 3 x 3 pixels", 3, new PublishedRow(94.55, 95.32, 0.9409, 685.89, 74.03),
            input => new SpectralFormer(input)),
        new("spectralmamba_pixel", "SpectralMamba, the pixel alone", 1, new PublishedRow(91.88, 92.70, 0.9119, 23.39, 12.33),
            input => new SpectralMambaModel(input)),
        new("spectralmamba_patch", "SpectralMamba, 3 x 3 pixels", 3, new PublishedRow(97.66, 98.06, 0.9747, 36.25, 34.96),
            input => new SpectralMambaModel(input)),
    ];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest and all.</exception>
    public static PixelClassifierEntry Find(string name) => All.FirstOrDefault(entry => entry.Name == name)
        ?? throw new ArgumentException(
            $"There is no classifier of pixels '{name}'. Nearest: {All.MinBy(entry => Catalog.Edits(name, entry.Name))!.Name}. "
            + $"All: {string.Join(", ", All.Select(entry => entry.Name))}.", nameof(name));
}
