using System.Collections.Concurrent;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>A running cell as its woven code sees it: who may stop it, and where it goes on after an `await`.</summary>
/// <remarks>
/// The scope follows the execution context into tasks and threads that the cell starts. Code that a cell defined and a later
/// one calls finds the later one's scope, so a token never outlives its cell. A thread without a context belongs to the only
/// cell that runs, if there is one.
/// </remarks>
internal sealed class CellScope : IDisposable
{
    private static readonly AsyncLocal<CellScope?> Flowing = new();
    private static readonly List<CellScope> Running = [];
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<Action> continuations = [];
    private readonly CancellationTokenRegistration registration;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private int raised;

    /// <summary>Begins a cell on this thread.</summary>
    public CellScope(ICellOutput output, CancellationToken interrupt)
    {
        Output = output;
        Interrupt = interrupt;
        Flowing.Value = this;
        Woven.BeginThread();
        lock (Running)
        {
            Running.Add(this);
        }

        registration = interrupt.UnsafeRegister(static scope => ((CellScope)scope!).Raise(), this);
    }

    /// <summary>The cell that this code runs for; null outside of cells.</summary>
    public static CellScope? Current
    {
        get
        {
            if (Flowing.Value is { } scope)
            {
                return scope;
            }

            lock (Running)
            {
                return Running.Count == 1 ? Running[0] : null;
            }
        }
    }

    /// <summary>Where the cell's output goes.</summary>
    public ICellOutput Output { get; }

    /// <summary>Asks the cell to stop.</summary>
    public CancellationToken Interrupt { get; }

    /// <summary>Whether the calling thread is the one that the cell began on.</summary>
    public bool IsOnItsThread => Environment.CurrentManagedThreadId == thread;

    /// <summary>Goes on with the cell on its own thread.</summary>
    /// <returns>False where the cell was interrupted and is over.</returns>
    public bool Post(Action continuation)
    {
        try
        {
            continuations.Add(continuation);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Runs what the cell posts, until it is done; gives up a while after an interrupt that nothing answers.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted, and waits for something that cannot be
    /// cancelled.</exception>
    public void RunUntil(Task done)
    {
        if (done.IsCompleted)
        {
            return;
        }

        _ = done.ContinueWith(_ => Post(() => { }), TaskScheduler.Default);
        while (!done.IsCompleted)
        {
            Action? next;
            try
            {
                next = continuations.Take(Interrupt);
            }
            catch (OperationCanceledException)
            {
                if (!continuations.TryTake(out next, TimeSpan.FromMilliseconds(500)))
                {
                    throw;
                }
            }

            next();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        continuations.CompleteAdding();
        Flowing.Value = null;
        lock (Running)
        {
            Running.Remove(this);
        }

        if (raised != 0)
        {
            // Tasks and threads that the cell left behind get time to notice; then loops are at full speed again.
            _ = Task.Delay(Afterwards).ContinueWith(_ => Woven.Lower(), TaskScheduler.Default);
        }
    }

    private void Raise()
    {
        raised = 1;
        Woven.Raise();
    }
}
