using SegLstm.Models;

namespace SegLstm.Experiments.Presets;

/// <summary>All presets by name.</summary>
public static class PresetCatalog
{
    /// <summary>The presets, ours first.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        OlindaPreset.Olinda, .. SegLstmPresets.All, .. VisionLstmPresets.All, .. VilImagePresets.All, .. GlcNetPresets.All,
        .. LSegPresets.All, .. SpectralMambaPresets.All,
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

    /// <summary>The preset of a name, whose recipe is of a kind.</summary>
    /// <exception cref="ArgumentException">There is none, or it is for another command; the message names the nearest, or that.</exception>
    public static RecipePreset<TRecipe> Find<TRecipe>(string name)
        where TRecipe : class
    {
        Preset preset = Find(name);
        return preset as RecipePreset<TRecipe> ?? throw new ArgumentException(
            $"The preset '{preset.Name}' is for another command: {preset.Command}. For this one: "
                + $"{string.Join(", ", All.OfType<RecipePreset<TRecipe>>().Select(other => other.Name))}.");
    }
}
