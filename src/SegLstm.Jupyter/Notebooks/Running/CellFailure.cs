namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>Where and why a notebook stopped.</summary>
/// <param name="CellIndex">The cell's place in the file, from 0.</param>
/// <param name="Number">The number it ran as, shown as `[3]`.</param>
/// <param name="Line">The line of the cell, from 1; null where unknown.</param>
/// <param name="SourceLine">That line's text, else the cell's first one.</param>
/// <param name="Error">What went wrong, in one line.</param>
/// <param name="IsStuck">The cell was asked to stop and still runs in this process.</param>
public sealed record CellFailure(int CellIndex, int Number, int? Line, string SourceLine, string Error, bool IsStuck = false)
{
    /// <summary>The failure in one line.</summary>
    public override string ToString()
    {
        string place = Line is { } line ? $", line {line}" : "";
        return $"Cell [{Number}]{place}: {Error}. It stands at: {SourceLine.Trim()}";
    }
}
