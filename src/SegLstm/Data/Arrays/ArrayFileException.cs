namespace SegLstm.Data.Arrays;

/// <summary>A file of arrays that cannot be read, or has not what was asked for.</summary>
/// <param name="error">What kind of error.</param>
/// <param name="message">What was expected, what was met, where, and what to do.</param>
public sealed class ArrayFileException(ArrayFileError error, string message) : IOException(message)
{
    /// <summary>The kind of error.</summary>
    public ArrayFileError Error { get; } = error;

    /// <summary>The same refusal with the file's name in front.</summary>
    internal ArrayFileException In(string path) => new(Error, $"'{path}': {Message}");
}
