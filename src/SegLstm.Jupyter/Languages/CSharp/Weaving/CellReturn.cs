using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>
/// Brings the top level of a cell back to the cell's thread, after awaits that <see cref="CellAwaitable"/> does not stand for.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CellReturn : ICriticalNotifyCompletion
{
    private readonly CellScope? scope;

    internal CellReturn(CellScope? scope) => this.scope = scope;

    /// <summary>Whether this is the cell's thread.</summary>
    public bool IsCompleted => scope == null || scope.IsOnItsThread;

    /// <summary>Itself.</summary>
    public CellReturn GetAwaiter() => this;

    /// <summary>Nothing.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation)
    {
        if (!scope!.Post(continuation))
        {
            // The cell was given up on after an interrupt; what cleans up still runs to its end.
            continuation();
        }
    }
}
