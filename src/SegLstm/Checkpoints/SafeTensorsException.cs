namespace SegLstm.Checkpoints;

/// <summary>A safetensors file is malformed, or something that the format cannot hold was to be written.</summary>
/// <param name="error">The rule that was broken.</param>
/// <param name="message">What was expected, what was found, where, and what to do.</param>
public sealed class SafeTensorsException(SafeTensorsError error, string message) : IOException(message)
{
    /// <summary>The rule that was broken.</summary>
    public SafeTensorsError Error { get; } = error;
}
