namespace SegLstm.Jupyter.Magics;

/// <summary>A piece of a file that a cell imports.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Code">Its text, which may have magics of its own.</param>
/// <param name="Place">Where it stands, for errors: `cell 3`; empty for a file of one piece.</param>
internal sealed record ImportedCell(string Language, string Code, string Place);
