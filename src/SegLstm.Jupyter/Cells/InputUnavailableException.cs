namespace SegLstm.Jupyter.Cells;

/// <summary>A cell asks for input where nobody can answer: the front end allows none, or no front end is there.</summary>
public sealed class InputUnavailableException(string message) : InvalidOperationException(message);
