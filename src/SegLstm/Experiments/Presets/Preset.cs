namespace SegLstm.Experiments.Presets;

/// <summary>A recipe with a name: what it is, what it costs, what it is expected to reach, and what it leaves out.</summary>
public sealed record Preset
{
    /// <summary>The word used after <c>--preset</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>Where its values were read.</summary>
    public required string Source { get; init; }

    /// <summary>The values.</summary>
    public required SceneRecipe Recipe { get; init; }

    /// <summary>Which scene it is for, as options of the command.</summary>
    public required string Data { get; init; }

    /// <summary>Which collection of images it is for, as options of the command; null where it is for a scene only.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether classes are weighed by their share of the training pixels, which only the scene tells.</summary>
    public bool Balanced { get; init; }

    /// <summary>What a run takes, in words.</summary>
    public required string Cost { get; init; }

    /// <summary>What a run should reach and who says so, or "unverified" and why.</summary>
    public required string Expected { get; init; }

    /// <summary>Parts of the source's recipe that <see cref="Recipe"/> has no words for: a run goes without them.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>The command that runs it.</summary>
    public string Command => $"seglstm train --preset {Name} {Collection ?? Data}{(Balanced ? " --balance" : "")}";
}
