using SegLstm.Models;

namespace SegLstm.Experiments.Presets;

/// <summary>All presets by name, and the recipes that cannot be one yet.</summary>
public static class PresetCatalog
{
    /// <summary>The presets, ours first.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        OlindaPreset.Olinda, .. SegLstmPresets.All, .. VisionLstmPresets.All, .. VilImagePresets.All, .. GlcNetPresets.All,
        .. LSegPresets.All,
    ];

    /// <summary>Published recipes that the records have no words for, and what is missing.</summary>
    public static IReadOnlyList<(string Recipe, string Missing)> LeftOut { get; } =
    [
        ("SpectralMamba", "its optimiser, rate and epochs, published nowhere that could be read; and pixels in place of images"),
    ];

    /// <summary>The preset of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static Preset Find(string name)
    {
        string word = name.ToLowerInvariant();
        return All.FirstOrDefault(preset => preset.Name == word) ?? throw new ArgumentException(
            $"There is no preset '{name}'. Nearest: {All.MinBy(preset => Catalog.Edits(word, preset.Name))!.Name}. "
                + $"All: {string.Join(", ", All.Select(preset => preset.Name))}.");
    }
}
