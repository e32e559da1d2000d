namespace SegLstm.Kernels.Simd;

/// <summary>Runs independent pieces of work on the threads of <see cref="KernelThreads"/>.</summary>
internal static class Workers
{
    // Below, waking a thread takes longer than the work.
    private const double LeastNanoseconds = 100_000;

    /// <summary>Runs every piece once; they are begun in order.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="nanoseconds">About how long all take on one thread.</param>
    /// <param name="run">Runs one.</param>
    public static void Run(int pieces, double nanoseconds, Action<int> run)
    {
        var threads = nanoseconds < LeastNanoseconds ? 1 : Math.Min(pieces, KernelThreads.Count);
        if (threads > 1)
        {
            // Each takes the next when it has done one: dealt out beforehand, one thread's share may take longer.
            var taken = -1;
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
            {
                for (var piece = Interlocked.Increment(ref taken); piece < pieces; piece = Interlocked.Increment(ref taken))
                {
                    run(piece);
                }
            });
            return;
        }

        for (var piece = 0; piece < pieces; piece++)
        {
            run(piece);
        }
    }
}
