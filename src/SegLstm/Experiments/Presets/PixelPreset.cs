using System.Globalization;
using SegLstm.Experiments.Hyperspectral;

namespace SegLstm.Experiments.Presets;

/// <summary>A recipe for <c>seglstm spectral train</c> with a name.</summary>
public sealed record PixelPreset : RecipePreset<PixelRecipe>
{
    /// <summary>Which hyperspectral scene it is for, as words of the command.</summary>
    public required string Scene { get; init; }

    /// <inheritdoc/>
    public override string Command => $"seglstm spectral train {Scene} --preset {Name}";

    /// <inheritdoc/>
    public override string Length => string.Create(CultureInfo.InvariantCulture, $"{Recipe.Training.Epochs:N0} epochs");
}
