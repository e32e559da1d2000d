namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>How far a notebook has come; reported when a cell begins and when the last one has ended.</summary>
/// <param name="Done">Code cells that are done.</param>
/// <param name="Total">Code cells in all.</param>
/// <param name="Line">The first line of the cell that begins; empty at the end.</param>
public sealed record NotebookProgress(int Done, int Total, string Line);
