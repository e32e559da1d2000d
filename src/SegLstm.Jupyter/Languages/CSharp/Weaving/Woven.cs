using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SegLstm.Jupyter.Languages.CSharp.Weaving;

/// <summary>What the kernel weaves into cells, so that they can be stopped. Not meant to be written by hand.</summary>
/// <remarks>
/// .NET cannot stop a thread from outside. The checks read one flag, which is raised while any cell of the process is asked
/// to stop; only then they look whose cell they are in.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Woven
{
    // An exception from the bottom of a recursion costs a few microseconds a call, and through awaits, which throw it anew
    // with its whole trace, the square of that: these depths (some ten thousand calls, some thousand awaits) end within a
    // second.
    private const nuint StackBytes = 4 << 20;
    private const nuint AsyncStackBytes = 256 << 10;
    private const long LongSequence = 10_000_000;

    private static readonly Lock Counting = new();
    private static volatile bool stop;
    private static int stopping;

    /// <summary>The lowest address of the cell thread's stack that functions may begin at.</summary>
    [ThreadStatic]
    private static nuint deepest;

    /// <summary>The same for asynchronous functions.</summary>
    [ThreadStatic]
    private static nuint deepestAsync;

    /// <summary>The token of the cell that runs this code now.</summary>
    public static CancellationToken Token => CellScope.Current?.Interrupt ?? default;

    /// <summary>Stands in loops and before calls.</summary>
    /// <exception cref="OperationCanceledException">The cell is asked to stop.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [StackTraceHidden]
    public static void Check()
    {
        if (stop)
        {
            Stop();
        }
    }

    /// <summary>
    /// Stands at the beginning of functions: an endless recursion ends in an exception instead of ending the process.
    /// </summary>
    /// <exception cref="InsufficientExecutionStackException">The recursion is too deep.</exception>
    [StackTraceHidden]
    public static unsafe void Enter()
    {
        byte here;
        var limit = deepest;
        if (limit == 0)
        {
            // A thread of the pool, or one that the cell started.
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        else if ((nuint)(&here) < limit)
        {
            throw TooDeep();
        }

        if (stop)
        {
            Stop();
        }
    }

    /// <summary>As <see cref="Enter"/>, in asynchronous functions and iterators, which may go less deep.</summary>
    [StackTraceHidden]
    public static unsafe void EnterAsync()
    {
        byte here;
        if ((nuint)(&here) < deepestAsync)
        {
            throw TooDeep();
        }

        Enter();
    }

    /// <summary>As <see cref="Enter"/>, where cleaning up must not be stopped.</summary>
    [StackTraceHidden]
    public static void EnterCleanup() => RuntimeHelpers.EnsureSufficientExecutionStack();

    /// <summary>As <see cref="Enter"/>, where only an expression can stand.</summary>
    [StackTraceHidden]
    public static bool Begin()
    {
        Enter();
        return true;
    }

    /// <summary>A task whose wait ends with the cell.</summary>
    public static Task Await(Task task) =>
        task is null || task.IsCompleted || !Token.CanBeCanceled ? task! : task.WaitAsync(Token);

    /// <summary>A task whose wait ends with the cell.</summary>
    public static Task<T> Await<T>(Task<T> task) =>
        task is null || task.IsCompleted || !Token.CanBeCanceled ? task! : task.WaitAsync(Token);

    /// <summary>A task whose wait ends with the cell.</summary>
    public static ValueTask Await(ValueTask task) =>
        task.IsCompleted || !Token.CanBeCanceled ? task : new ValueTask(task.AsTask().WaitAsync(Token));

    /// <summary>A task whose wait ends with the cell.</summary>
    public static ValueTask<T> Await<T>(ValueTask<T> task) =>
        task.IsCompleted || !Token.CanBeCanceled ? task : new ValueTask<T>(task.AsTask().WaitAsync(Token));

    /// <summary>As <see cref="Await(Task)"/>, at the top level of a cell.</summary>
    public static CellAwaitable AwaitInCell(Task task) => new(Await(task), CellScope.Current);

    /// <summary>As <see cref="Await(Task)"/>, at the top level of a cell.</summary>
    public static CellAwaitable<T> AwaitInCell<T>(Task<T> task) => new(Await(task), CellScope.Current);

    /// <summary>As <see cref="Await(Task)"/>, at the top level of a cell.</summary>
    public static CellAwaitable AwaitInCell(ValueTask task) => new(Await(task.AsTask()), CellScope.Current);

    /// <summary>As <see cref="Await(Task)"/>, at the top level of a cell.</summary>
    public static CellAwaitable<T> AwaitInCell<T>(ValueTask<T> task) => new(Await(task.AsTask()), CellScope.Current);

    /// <summary>Stands after other awaits at the top level of a cell, and brings it back to its thread.</summary>
    public static CellReturn ToCell() => new(CellScope.Current);

    /// <summary>Waits for a task before code blocks on it.</summary>
    public static T Completed<T>(T task)
        where T : Task
    {
        if (task is { IsCompleted: false } && Token.CanBeCanceled)
        {
            // Wakes up for either, and leaves the task's own error to whoever asks for it.
            Task.WaitAny([task], Token);
        }

        return task!;
    }

    /// <summary>In place of `Task.WaitAll`.</summary>
    public static void WaitAll(params Task[] tasks) => Task.WaitAll(tasks, Token);

    /// <summary>In place of `Task.WaitAny`.</summary>
    public static int WaitAny(params Task[] tasks) => Task.WaitAny(tasks, Token);

    /// <summary>Waits for a process before code blocks on it.</summary>
    public static Process Exited(Process process)
    {
        if (Token.CanBeCanceled)
        {
            process.WaitForExitAsync(Token).GetAwaiter().GetResult();
        }

        return process;
    }

    /// <summary>In place of `Thread.Sleep`.</summary>
    /// <remarks>Here and below the parameters have the names of those of .NET: calls may give arguments by name.</remarks>
    public static void Sleep(int millisecondsTimeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(millisecondsTimeout, -1);
        Sleep(TimeSpan.FromMilliseconds(millisecondsTimeout));
    }

    /// <summary>In place of `Thread.Sleep`.</summary>
    public static void Sleep(TimeSpan timeout)
    {
        if (!Token.CanBeCanceled)
        {
            Thread.Sleep(timeout);
        }
        else if (Token.WaitHandle.WaitOne(timeout))
        {
            throw new OperationCanceledException(Token);
        }
    }

    /// <summary>In place of `WaitHandle.WaitOne`.</summary>
    public static bool WaitOne(WaitHandle handle, int millisecondsTimeout = Timeout.Infinite, bool exitContext = false)
    {
        if (!Token.CanBeCanceled)
        {
            return handle.WaitOne(millisecondsTimeout, exitContext);
        }

        var signalled = WaitHandle.WaitAny([handle, Token.WaitHandle], millisecondsTimeout);
        return signalled == 1 ? throw new OperationCanceledException(Token) : signalled == 0;
    }

    /// <summary>In place of `WaitHandle.WaitOne`.</summary>
    public static bool WaitOne(WaitHandle handle, TimeSpan timeout, bool exitContext = false) =>
        WaitOne(handle, checked((int)timeout.TotalMilliseconds), exitContext);

    /// <summary>In place of `Thread.Join`.</summary>
    public static void Join(Thread thread)
    {
        while (!thread.Join(100))
        {
            Check();
        }

        // The thread may have ended because of the interrupt.
        Check();
    }

    /// <summary>In place of `Console.Clear`.</summary>
    public static void ClearOutput() => CellScope.Current?.Output.Clear(wait: false);

    /// <summary>A sequence that ends with the cell, where it has no end of its own or a far one.</summary>
    public static IEnumerable<T> Sequence<T>(IEnumerable<T> source) =>
        source is null || (source.TryGetNonEnumeratedCount(out var count) && count <= LongSequence) ? source! : Checked(source);

    /// <summary>Guards a thread's function: what it throws is reported, and does not end the process.</summary>
    public static ThreadStart OnThread(ThreadStart start) => () => Guarded(start);

    /// <summary>Guards a thread's function: what it throws is reported, and does not end the process.</summary>
    public static ParameterizedThreadStart OnThread(ParameterizedThreadStart start) => argument => Guarded(() => start(argument));

    /// <summary>Sets, from where the thread stands now, how deep functions may go.</summary>
    internal static unsafe void BeginThread()
    {
        byte here;
        deepest = (nuint)(&here) - StackBytes;
        deepestAsync = (nuint)(&here) - AsyncStackBytes;
    }

    internal static void Raise() => Count(1);

    internal static void Lower() => Count(-1);

    private static void Count(int change)
    {
        lock (Counting)
        {
            stopping += change;
            stop = stopping > 0;
        }
    }

    private static InsufficientExecutionStackException TooDeep() =>
        new("The recursion is too deep: a function calls itself without an end, or with one that is too far away.");

    private static void Guarded(ThreadStart start)
    {
        var scope = CellScope.Current;
        try
        {
            start();
        }
        catch (OperationCanceledException) when (scope?.Interrupt.IsCancellationRequested == true)
        {
        }
        catch (Exception error)
        {
            var text = $"A thread that the cell started ended with {error.GetType().Name}: {error.Message}\n";
            scope?.Output.Write(Cells.OutputStream.Stderr, text);
        }
    }

    private static IEnumerable<T> Checked<T>(IEnumerable<T> source)
    {
        foreach (var item in source)
        {
            Check();
            yield return item;
        }
    }

    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Stop()
    {
        if (CellScope.Current is { Interrupt.IsCancellationRequested: true } scope)
        {
            throw new OperationCanceledException(scope.Interrupt);
        }
    }
}
