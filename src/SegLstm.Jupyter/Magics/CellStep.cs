namespace SegLstm.Jupyter.Magics;

/// <summary>A step of a cell: code of one language, or a command.</summary>
/// <param name="Start">Where it begins in the cell, in UTF-16 units: the first character after the magic's line.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Line">The number of its first line, counted from 1.</param>
internal abstract record CellStep(int Start, int End, int Line);
