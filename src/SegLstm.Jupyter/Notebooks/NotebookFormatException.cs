namespace SegLstm.Jupyter.Notebooks;

/// <summary>A file is no notebook that can be read; the message names the file, the place in it, and what to do.</summary>
public sealed class NotebookFormatException(string message, Exception? cause = null) : Exception(message, cause);
