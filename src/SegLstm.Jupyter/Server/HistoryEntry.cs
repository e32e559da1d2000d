namespace SegLstm.Jupyter.Server;

/// <summary>A cell that ran.</summary>
/// <param name="Line">Its number, as in `In [3]`.</param>
/// <param name="Input">Its text.</param>
/// <param name="Output">The plain form of its value; null where it had none.</param>
internal sealed record HistoryEntry(int Line, string Input, string? Output);
