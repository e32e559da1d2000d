namespace SegLstm.Jupyter.Cells;

/// <summary>A cell failed, and this says why; thrown by languages, which know the cell's own line numbers.</summary>
/// <param name="error">What to show.</param>
/// <param name="cause">The exception of the user's code, where there is one.</param>
public sealed class CellFailedException(CellError error, Exception? cause = null) : Exception(error.Message, cause)
{
    /// <summary>What to show.</summary>
    public CellError Error { get; } = error;
}
