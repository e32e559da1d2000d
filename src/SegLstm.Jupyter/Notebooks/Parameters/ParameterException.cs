namespace SegLstm.Jupyter.Notebooks.Parameters;

/// <summary>A notebook's parameters and the values for them do not fit; the message says what was expected and given.</summary>
public sealed class ParameterException(string message) : Exception(message);
