using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>
/// What the checks call that are woven into F# cells. Public, since they are compiled like the cell's own code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InterruptCheck
{
    // A flag, not a token: the check costs a load in the innermost loop.
    private static volatile bool requested;

    /// <summary>Ends the cell where it was asked to stop.</summary>
    /// <exception cref="OperationCanceledException">The cell was asked to stop.</exception>
    public static void Poll()
    {
        if (requested)
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>As <see cref="Poll"/>, and ends a recursion that has used up the stack.</summary>
    /// <exception cref="OperationCanceledException">The cell was asked to stop.</exception>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    public static void PollCall()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Poll();
    }

    internal static void Reset() => requested = false;

    internal static void Request() => requested = true;
}
