namespace SegLstm.Jupyter.Notebooks;

/// <summary>What a notebook's metadata says of its language.</summary>
internal sealed record NotebookHeader(string? KernelName, string? Language, string? CellLanguage);
