using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;

namespace SegLstm.Jupyter.Sessions;

/// <summary>One notebook's state: its languages and their variables. Cells run one at a time.</summary>
public sealed class NotebookSession(SessionOptions options) : IDisposable
{
    /// <summary>What the session started with.</summary>
    public SessionOptions Options { get; } = options;

    /// <summary>Loads and compiles what the first cell would otherwise wait for.</summary>
    public Task WarmUpAsync() => throw new NotImplementedException();

    /// <summary>Runs a cell. Failures of its code come back in the result, never as exceptions.</summary>
    /// <param name="request">The cell.</param>
    /// <param name="output">Where its output goes, the value of its last expression included.</param>
    /// <param name="interrupt">Asks the cell to stop.</param>
    public Task<CellResult> RunAsync(CellRequest request, ICellOutput output, CancellationToken interrupt) =>
        throw new NotImplementedException();

    /// <summary>What could stand at a position of a cell, in any of its languages, magics included.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">A place between two characters, in UTF-16 units.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>What stands at a position of a cell; null where nothing is known.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">A place between two characters, in UTF-16 units.</param>
    /// <param name="detailed">Everything that is known.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Whether a cell is whole, so that a console can run it at the end of a line.</summary>
    public Completeness IsComplete(string code) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
