namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>What an earlier run left, for a run that resumes it.</summary>
/// <param name="Executed">The notebook as that run wrote it.</param>
/// <param name="State">What was kept beside it.</param>
public sealed record EarlierRun(NotebookDocument Executed, RunState State)
{
    /// <summary>Its code cells that had run, in their order.</summary>
    public IReadOnlyList<CellRecord> Cells => State.Cells;

    /// <summary>
    /// How many of a notebook's code cells stand as they did when that run ended them well, counted from the first one up to the
    /// first that failed, never ran, or has another text now.
    /// </summary>
    public int Unchanged(IReadOnlyList<NotebookCell> codeCells)
    {
        int count = 0;
        while (count < codeCells.Count && count < Cells.Count && Cells[count].Succeeded
            && Cells[count].Source == Hashes.Of(codeCells[count].Source)) count++;
        return count;
    }
}
