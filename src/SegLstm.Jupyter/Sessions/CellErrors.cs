using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Magics;

namespace SegLstm.Jupyter.Sessions;

/// <summary>Errors that the session itself reports, beside those of its languages.</summary>
internal static class CellErrors
{
    /// <summary>The cell was asked to stop, and did.</summary>
    public static CellError Interrupted { get; } = new(
        CellError.Interrupted,
        "the cell was interrupted",
        ["KeyboardInterrupt: the cell was interrupted; its variables are as it left them"]);

    /// <summary>A magic that is not as it should be.</summary>
    public static CellError Of(MagicException wrong, int cell) => new(
        "MagicError",
        wrong.Message,
        [
            $"In [{cell}], line {wrong.Line}:",
            "  " + wrong.Text,
            $"  {new string(' ', wrong.Column)}^",
            $"MagicError: {wrong.Message}",
        ],
        wrong.Line);

    /// <summary>A failure that no language has put into words.</summary>
    public static CellError Of(Exception failure) => new(
        failure.GetType().Name,
        failure.Message,
        [.. (failure.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Append($"{failure.GetType().Name}: {failure.Message}")]);
}
