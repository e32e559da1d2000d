// The namespace and name of .NET Interactive, so that notebooks written for it compile unchanged.
using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running.</summary>
public sealed class KernelInvocationContext
{
    private readonly RunningCell cell;
    private readonly List<Action<KernelInvocationContext>> completions = [];

    internal KernelInvocationContext(RunningCell cell) => this.cell = cell;

    /// <summary>The cell that the calling code belongs to; null outside cells.</summary>
    public static KernelInvocationContext? Current => RunningCell.Current?.Context;

    /// <summary>Asks the cell to stop.</summary>
    public CancellationToken CancellationToken => cell.Interrupt;

    /// <summary>Whether the cell has ended.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The forms to show it in; by default those that are registered for its type.</param>
    public DisplayedValue Display(object? value, params string[] mimeTypes) => DisplayedValue.Show(cell, value, mimeTypes);

    /// <summary>Shows text that is in a format already.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">Its format.</param>
    public DisplayedValue DisplayAs(string value, string mimeType) => DisplayedValue.ShowAs(cell, value, mimeType);

    /// <summary>Calls back at the end of the cell.</summary>
    public void OnComplete(Action<KernelInvocationContext> onComplete)
    {
        lock (completions)
        {
            completions.Add(onComplete);
        }
    }

    /// <summary>Calls back, those included that a callback asks for; one that fails does not keep the others from it.</summary>
    internal void Complete()
    {
        IsComplete = true;
        ExceptionDispatchInfo? failure = null;
        while (Take() is { Length: > 0 } round)
        {
            foreach (var completion in round)
            {
                try
                {
                    completion(this);
                }
                catch (Exception thrown)
                {
                    failure ??= ExceptionDispatchInfo.Capture(thrown);
                }
            }
        }

        failure?.Throw();
    }

    private Action<KernelInvocationContext>[] Take()
    {
        lock (completions)
        {
            var taken = completions.ToArray();
            completions.Clear();
            return taken;
        }
    }
}
