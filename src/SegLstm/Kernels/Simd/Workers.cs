namespace SegLstm.Kernels.Simd;

/// <summary>Runs independent pieces of work on the threads of <see cref="KernelThreads"/>.</summary>
internal static class Workers
{
    // Below, handing work to a thread takes longer than the work, although the thread is mostly awake.
    private const double LeastNanoseconds = 40_000;

    /// <summary>Threads that work of this size is given to, where it has so many pieces.</summary>
    /// <param name="nanoseconds">About how long all takes on one thread.</param>
    public static int ThreadsFor(double nanoseconds) => nanoseconds < LeastNanoseconds ? 1 : KernelThreads.Count;

    /// <summary>Runs every piece once; they are begun in order.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="nanoseconds">About how long all take on one thread.</param>
    /// <param name="run">Runs one.</param>
    public static void Run(int pieces, double nanoseconds, Action<int> run)
    {
        var threads = Math.Min(pieces, ThreadsFor(nanoseconds));
        if (threads > 1)
        {
            if (!WorkerPool.Shared.TryRun(threads, pieces, run))
            {
                // The pool helps another caller, whose thread may be this one.
                var job = new WorkerJob(pieces, threads - 1, run);
                Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => job.Work());
                job.ThrowIfFailed();
            }

            return;
        }

        for (var piece = 0; piece < pieces; piece++)
        {
            run(piece);
        }
    }
}
