using System.Globalization;

namespace SegLstm.Experiments.Presets;

/// <summary>A recipe for <c>seglstm train</c> with a name.</summary>
public sealed record ScenePreset : RecipePreset<SceneRecipe>
{
    /// <summary>Which scene it is for, as options of the command.</summary>
    public required string Data { get; init; }

    /// <summary>Which collection of images it is for, as options of the command; null where it is for a scene only.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether classes are weighed by their share of the training pixels, which only the scene tells.</summary>
    public bool Balanced { get; init; }

    /// <inheritdoc/>
    public override string Command => $"seglstm train --preset {Name} {Collection ?? Data}{(Balanced ? " --balance" : "")}";

    /// <inheritdoc/>
    public override string Length => string.Create(CultureInfo.InvariantCulture, $"{Recipe.Training.Schedule.Iterations:N0} iterations");
}
