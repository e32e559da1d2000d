using TorchSharp;

namespace SegLstm.Kernels.Simd;

/// <summary>Runs independent pieces of work on as many threads as libtorch uses.</summary>
internal static class Workers
{
    // Below, waking a thread takes longer than the work.
    private const double LeastNanoseconds = 100_000;

    /// <summary>Runs every piece once.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="nanoseconds">About how long all take on one thread.</param>
    /// <param name="run">Runs one.</param>
    public static void Run(int pieces, double nanoseconds, Action<int> run)
    {
        var threads = nanoseconds < LeastNanoseconds ? 1 : Math.Min(pieces, torch.get_num_threads());
        if (threads > 1)
        {
            Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, run);
            return;
        }

        for (var piece = 0; piece < pieces; piece++)
        {
            run(piece);
        }
    }
}
