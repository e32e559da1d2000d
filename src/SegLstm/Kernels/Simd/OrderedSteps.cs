namespace SegLstm.Kernels.Simd;

/// <summary>Steps that threads take in order, where later ones need what earlier ones made.</summary>
/// <remarks><see cref="Workers"/> take steps in order, and a step waits for earlier ones only, which threads that run have taken:
/// so there is always one that need not wait, however many threads there are.</remarks>
internal sealed class OrderedSteps
{
    private volatile bool failed;

    /// <summary>Runs every step once.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="nanoseconds">About how long all take on one thread.</param>
    /// <param name="run">Runs one.</param>
    public void Run(int steps, double nanoseconds, Action<int> run) => Workers.Run(steps, nanoseconds, step =>
    {
        if (failed)
        {
            return;
        }

        try
        {
            run(step);
        }
        catch
        {
            // What others wait for will not come.
            failed = true;
            throw;
        }
    });

    /// <summary>Waits until a count has been reached.</summary>
    /// <param name="count">What other threads count up by <see cref="Interlocked"/>.</param>
    /// <param name="least">The number.</param>
    /// <exception cref="OperationCanceledException">Another step has failed, so that it will not be.</exception>
    public void Await(ref int count, int least)
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref count) < least)
        {
            if (failed)
            {
                throw new OperationCanceledException("Another step of the same work has failed.");
            }

            // Never to sleep: a millisecond is longer than any step.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
