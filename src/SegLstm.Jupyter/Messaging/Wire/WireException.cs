namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>Frames that are no message of this kernel's clients; they are dropped.</summary>
internal sealed class WireException(string message) : Exception(message);
