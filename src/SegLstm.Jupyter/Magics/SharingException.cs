namespace SegLstm.Jupyter.Magics;

/// <summary>A value cannot be shared as asked.</summary>
internal sealed class SharingException(string message) : Exception(message);
