using System.Collections.Concurrent;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>The thread that a session's cells run on, one after another.</summary>
/// <remarks>
/// One thread for all cells keeps what libraries store by thread (the gradient mode of a tensor library, thread-local caches)
/// from cell to cell, as a person at a console expects. Its stack of 16 MiB leaves room below the 4 MiB that woven functions
/// may recurse into.
/// </remarks>
internal sealed class CellThread : IDisposable
{
    private const int StackBytes = 16 << 20;

    private readonly BlockingCollection<Action> queue = [];

    /// <summary>Starts the thread.</summary>
    public CellThread()
    {
        var thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "C# cells" };
        thread.UnsafeStart();
    }

    /// <summary>Runs work on the thread, in the caller's execution context.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = ExecutionContext.Capture();
        queue.Add(() =>
        {
            if (context == null)
            {
                Finish(work, done);
            }
            else
            {
                ExecutionContext.Run(context, _ => Finish(work, done), null);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread after what is queued.</summary>
    public void Dispose() => queue.CompleteAdding();

    private static void Finish<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(work());
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }

    private void Loop()
    {
        foreach (var work in queue.GetConsumingEnumerable())
        {
            work();
        }
    }
}
