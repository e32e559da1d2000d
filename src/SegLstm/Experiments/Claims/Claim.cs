namespace SegLstm.Experiments.Claims;

/// <summary>A table or figure that this repository shows, what it takes to make it again, and what should come out.</summary>
public sealed record Claim
{
    /// <summary>What it is, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is shown, such as "README.md".</summary>
    public required string Shown { get; init; }

    /// <summary>What it is about.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>How large it is.</summary>
    public ClaimScale Scale { get; init; } = ClaimScale.Workbook;

    /// <summary>What making it again takes, in words, with the machine.</summary>
    public required string Cost { get; init; }

    /// <summary>What was published of it and where, or "unverified" and why, or "none".</summary>
    public required string Published { get; init; }

    /// <summary>The scene of <see cref="ClaimKind.Baselines"/>; null where the sweep names it.</summary>
    public string? Data { get; init; }

    /// <summary>Rows are compared among those alike in this path of the recipe; null: all with the best of all.</summary>
    public string? Within { get; init; }

    /// <summary>Numbers that it must have; none where nothing could be measured or read yet.</summary>
    public IReadOnlyList<ExpectedValue> Expected { get; init; } = [];

    /// <summary>Files or folders that have to be put beside the claim before its runs can be made, as they may not be passed on.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Where these are to be had and how they are laid out, in a sentence; null where no more is to be said.</summary>
    public string? Obtain { get; init; }

    /// <summary>What this version has no code for: while there is any, the claim cannot be made.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Everything that is wrong with the claim, all at once.</summary>
    public IEnumerable<string> Validate()
    {
        if (Kind == ClaimKind.Baselines && Data is null) yield return "Data is missing: expected a scene, as Kind is baselines.";
        if (Scale != ClaimScale.Paper && Expected.Count == 0) yield return "Expected is empty: expected numbers to judge by.";
        foreach (string fault in Expected.SelectMany(value => value.Validate())) yield return $"Expected has a fault: {fault}";
    }
}
