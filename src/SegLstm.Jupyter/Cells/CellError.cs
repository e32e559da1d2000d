namespace SegLstm.Jupyter.Cells;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The kind: an exception's type name, or `CompilationError`.</param>
/// <param name="Message">One or a few lines for the person who wrote the cell.</param>
/// <param name="Traceback">
/// Lines to show: position in the cell, its source line with a caret, then the frames that are the user's own. May hold ANSI colours.
/// </param>
/// <param name="Line">The line of the cell's text that failed, counted from 1; null where unknown.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line = null)
{
    /// <summary>The kind of a cell that was interrupted.</summary>
    public const string Interrupted = "KeyboardInterrupt";
}
