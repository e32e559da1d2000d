namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>An assembly cannot be referenced; the message says which, why, and what to do.</summary>
public sealed class ReferenceException(string message) : Exception(message);
