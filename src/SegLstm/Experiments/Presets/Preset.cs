namespace SegLstm.Experiments.Presets;

/// <summary>A recipe with a name: what it is, what it costs, what it is expected to reach, and what it leaves out.</summary>
public abstract record Preset
{
    /// <summary>The word used after <c>--preset</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>Where its values were read.</summary>
    public required string Source { get; init; }

    /// <summary>What a run takes, in words.</summary>
    public required string Cost { get; init; }

    /// <summary>What a run should reach and who says so, or "unverified" and why.</summary>
    public required string Expected { get; init; }

    /// <summary>Parts of the source's recipe that ours has no words for: a run goes without them.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>The command that runs it.</summary>
    public abstract string Command { get; }

    /// <summary>How long it is trained, in words.</summary>
    public abstract string Length { get; }

    /// <summary>The recipe, a record that <see cref="Records.RecordYaml"/> writes.</summary>
    public abstract object Values { get; }
}
