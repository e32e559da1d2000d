using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>Awaits a task at the top level of a cell, and goes on on the cell's thread.</summary>
/// <remarks>
/// A synchronisation context would do that for every `await` below as well, and deadlock code that blocks on its own tasks;
/// cells of .NET Interactive have none.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CellAwaitable : ICriticalNotifyCompletion
{
    private readonly Task task;
    private readonly CellScope? scope;

    internal CellAwaitable(Task task, CellScope? scope) => (this.task, this.scope) = (task, scope);

    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>Itself.</summary>
    public CellAwaitable GetAwaiter() => this;

    /// <summary>Throws what the task threw.</summary>
    public void GetResult() => task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => Continue(task, scope, continuation);

    internal static void Continue(Task task, CellScope? scope, Action continuation) =>
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(scope == null ? continuation : () => scope.Post(continuation));
}
