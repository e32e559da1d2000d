namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>How the run of a notebook ended, or how far it has come.</summary>
/// <param name="Executed">The notebook with its outputs.</param>
/// <param name="Cells">Its code cells that have run, by place in the file.</param>
/// <param name="Failure">Where it stopped; null where it did not.</param>
/// <param name="Duration">How long it took.</param>
public sealed record NotebookRun(
    NotebookDocument Executed, IReadOnlyDictionary<int, CellRecord> Cells, CellFailure? Failure, TimeSpan Duration)
{
    /// <summary>Hash of what its cells depend on besides their text, as that was when the run began.</summary>
    public required string Inputs { get; init; }

    /// <summary>Whether the caller stopped it.</summary>
    public bool WasInterrupted { get; init; }

    /// <summary>Numbers of the cells that showed something else than in the run before, though neither they nor earlier cells
    /// changed.</summary>
    public IReadOnlyList<int> Differing { get; init; } = [];

    /// <summary>How many cells were not run again because they are tagged `cached`.</summary>
    public int Kept { get; init; }
}
