namespace SegLstm.Data.Arrays;

/// <summary>A file of arrays that cannot be read, or has not what was asked for.</summary>
/// <param name="error">What kind of error.</param>
/// <param name="message">What was expected, what was met, where, and what to do.</param>
public sealed class ArrayFileException(ArrayFileError error, string message) : IOException(message)
{
    /// <summary>The kind of error.</summary>
    public ArrayFileError Error { get; } = error;

    internal static ArrayFileException UnknownFormat(string message) => new(ArrayFileError.UnknownFormat, message);

    internal static ArrayFileException Truncated(string message) => new(ArrayFileError.Truncated, message);

    internal static ArrayFileException Damaged(string message) => new(ArrayFileError.Damaged, message);

    internal static ArrayFileException Unsupported(string message) => new(ArrayFileError.Unsupported, message);

    internal static ArrayFileException TooLarge(string message) => new(ArrayFileError.TooLarge, message);

    internal static ArrayFileException NotFound(string message) => new(ArrayFileError.NotFound, message);

    internal static ArrayFileException Ambiguous(string message) => new(ArrayFileError.Ambiguous, message);

    internal static ArrayFileException NotNumeric(string message) => new(ArrayFileError.NotNumeric, message);

    /// <summary>The same refusal with the file's name in front.</summary>
    internal ArrayFileException In(string path) => new(Error, $"'{path}': {Message}");
}
