using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>Awaits a task with a value at the top level of a cell, and goes on on the cell's thread.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CellAwaitable<T> : ICriticalNotifyCompletion
{
    private readonly Task<T> task;
    private readonly CellScope? scope;

    internal CellAwaitable(Task<T> task, CellScope? scope) => (this.task, this.scope) = (task, scope);

    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>Itself.</summary>
    public CellAwaitable<T> GetAwaiter() => this;

    /// <summary>The task's value, or what it threw.</summary>
    public T GetResult() => task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => CellAwaitable.Continue(task, scope, continuation);
}
