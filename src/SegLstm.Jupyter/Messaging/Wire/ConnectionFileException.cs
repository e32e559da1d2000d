namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>A connection file cannot be used.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong with it; continues a sentence that begins with the file's name.</param>
internal sealed class ConnectionFileException(string path, string problem) : IOException(
    $"connection file {path} {problem}. Jupyter writes such a file for each kernel it starts.");
