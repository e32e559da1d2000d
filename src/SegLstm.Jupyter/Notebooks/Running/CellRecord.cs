namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>What is known of a code cell that has run.</summary>
/// <param name="Source">Hash of its text.</param>
/// <param name="Outputs">Hash of what it showed.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="Succeeded">Whether it ended without an error that stops the notebook.</param>
public sealed record CellRecord(string Source, string Outputs, double Seconds, bool Succeeded);
