namespace SegLstm.Experiments.Sweeps;

/// <summary>One value of the recipe and what it takes in turn.</summary>
public sealed record SweepAxis
{
    /// <summary>The value's path, as in recipe.yaml, such as <c>training.learning_rate</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it takes.</summary>
    public required IReadOnlyList<string> Values { get; init; }
}
