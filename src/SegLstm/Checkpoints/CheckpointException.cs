namespace SegLstm.Checkpoints;

/// <summary>A PyTorch checkpoint is malformed, hostile, or of a kind that is not read; or it cannot be written.</summary>
/// <param name="error">The rule that was broken.</param>
/// <param name="message">What was expected, what was found, where, and what to do.</param>
public sealed class CheckpointException(CheckpointError error, string message) : IOException(message)
{
    /// <summary>The rule that was broken.</summary>
    public CheckpointError Error { get; } = error;

    /// <summary>The same refusal, with the file's name in front.</summary>
    internal CheckpointException In(string file) => new(Error, $"{file} is refused: {Message}");
}
