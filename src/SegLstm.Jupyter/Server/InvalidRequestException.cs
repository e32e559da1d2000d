namespace SegLstm.Jupyter.Server;

/// <summary>A request lacks a field or has a wrong one; the client gets the message as an error reply.</summary>
internal sealed class InvalidRequestException(string message) : Exception(message);
