namespace SegLstm.Jupyter.Magics;

/// <summary>A magic is not written as it should be, or cannot do what it is asked.</summary>
/// <param name="message">What was expected, what came, and what to do.</param>
/// <param name="text">The line.</param>
/// <param name="line">Its number in the cell, counted from 1.</param>
/// <param name="column">Where in the line, counted from 0.</param>
internal sealed class MagicException(string message, string text, int line, int column) : Exception(message)
{
    /// <summary>The line.</summary>
    public string Text { get; } = text;

    /// <summary>Its number in the cell, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Where in the line, counted from 0.</summary>
    public int Column { get; } = column;
}
