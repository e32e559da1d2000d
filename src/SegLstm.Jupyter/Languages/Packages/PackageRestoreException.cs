namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>A package cannot be had; the message names it, where it was looked for, and what to do.</summary>
public sealed class PackageRestoreException(string message) : Exception(message);
