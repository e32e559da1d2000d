namespace SegLstm.Experiments.Sweeps;

/// <summary>Assignments that belong together, such as a model and the learning rate that suits it.</summary>
public sealed record SweepSet
{
    /// <summary>What its runs are called.</summary>
    public required string Name { get; init; }

    /// <summary>The assignments, such as <c>model=seglstm_tiny</c>; none leaves the recipe as it is.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}
