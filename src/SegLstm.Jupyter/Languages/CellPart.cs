using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages;

/// <summary>The part of a cell that one language runs.</summary>
/// <param name="Code">Its text, with lines that belong to other languages or to magics left empty, so that line numbers hold.</param>
/// <param name="CellNumber">The number of the cell, as in `In [3]`.</param>
/// <param name="Output">Where its output goes.</param>
/// <param name="Interrupt">Asks the code to stop.</param>
public sealed record CellPart(string Code, int CellNumber, ICellOutput Output, CancellationToken Interrupt);
