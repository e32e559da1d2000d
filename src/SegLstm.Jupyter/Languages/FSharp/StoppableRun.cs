using Microsoft.FSharp.Control;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>
/// Runs F# code, and stops it when the cell is interrupted: at the checks woven into it, in `async`, and in its waits.
/// </summary>
/// <remarks>
/// The runtime can also abort a thread (`ControlledExecution`), but on Linux under .NET 10 that ended the process in 7 of 8
/// kinds of code tried, so it is not used.
/// </remarks>
internal static class StoppableRun
{
    // Code that does listen to its token ends by itself within this time.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs work on the calling thread.</summary>
    /// <param name="work">The work.</param>
    /// <param name="interrupt">Asks it to stop.</param>
    /// <param name="stuck">Called where it has not stopped after two seconds.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static void Run(Action work, CancellationToken interrupt, Action stuck)
    {
        var gate = new object();
        var ended = false;
        var thread = Thread.CurrentThread;
        InterruptCheck.Reset();
        using (interrupt.UnsafeRegister(_ => ThreadPool.UnsafeQueueUserWorkItem(_ => Stop(), null), null))
        {
            try
            {
                work();
            }
            catch (ThreadInterruptedException) when (interrupt.IsCancellationRequested)
            {
            }
            finally
            {
                End();
            }
        }

        interrupt.ThrowIfCancellationRequested();

        void Stop()
        {
            InterruptCheck.Request();
            FSharpAsync.CancelDefaultToken();
            Thread.Sleep(Grace);
            for (var tries = 0; ; tries++)
            {
                lock (gate)
                {
                    if (ended)
                    {
                        return;
                    }

                    if ((thread.ThreadState & ThreadState.WaitSleepJoin) != 0)
                    {
                        thread.Interrupt();
                    }
                }

                if (tries == 40)
                {
                    stuck();
                }

                Thread.Sleep(50);
            }
        }

        // An interrupt that comes too late must not meet the next cell.
        void End()
        {
            while (true)
            {
                try
                {
                    lock (gate)
                    {
                        ended = true;
                    }

                    if (interrupt.IsCancellationRequested)
                    {
                        Thread.Sleep(1);
                    }

                    return;
                }
                catch (ThreadInterruptedException)
                {
                }
            }
        }
    }
}
