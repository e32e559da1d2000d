namespace SegLstm.Jupyter.Notebooks;

/// <summary>Where a cell's parts lie in the file.</summary>
/// <param name="Cell">The whole cell, braces included.</param>
/// <param name="Source">The value of `source`.</param>
/// <param name="Outputs">The value of `outputs`; null where the cell has none.</param>
/// <param name="ExecutionCount">The value of `execution_count`; null where the cell has none.</param>
internal sealed record CellLayout(ByteRange Cell, ByteRange Source, ByteRange? Outputs, ByteRange? ExecutionCount);
