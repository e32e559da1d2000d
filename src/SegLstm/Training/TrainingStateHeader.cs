namespace SegLstm.Training;

/// <summary>What the header of a training state says beside its tensors.</summary>
internal sealed record TrainingStateHeader
{
    /// <summary>Version of the layout.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Iterations that are done.</summary>
    public required int Iteration { get; init; }

    /// <summary>Batches of the running iteration whose gradients are summed.</summary>
    public required int Batches { get; init; }

    /// <summary>Their losses times their weights.</summary>
    public required double LossSum { get; init; }

    /// <summary>Their weights.</summary>
    public required double WeightSum { get; init; }

    /// <summary>The settings of the run, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What else its writer keeps, as JSON; null: nothing.</summary>
    public string? More { get; init; }
}
