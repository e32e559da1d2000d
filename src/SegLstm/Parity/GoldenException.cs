namespace SegLstm.Parity;

/// <summary>A golden case is malformed, or describes something that this library does not build.</summary>
/// <param name="message">What was expected, what was found, and where.</param>
public sealed class GoldenException(string message) : Exception(message);
