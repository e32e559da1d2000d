using System.Diagnostics;

namespace SegLstm.Benchmarks;

/// <summary>How long the same work takes on several threads that begin together.</summary>
internal static class ParallelTime
{
    /// <summary>The fastest of several rounds.</summary>
    /// <param name="threads">Threads.</param>
    /// <param name="rounds">Rounds.</param>
    /// <param name="work">What each does; its argument is the thread's number from 0.</param>
    /// <returns>Nanoseconds from the first thread's begin to the last one's end.</returns>
    public static double Fastest(int threads, int rounds, Action<int> work)
    {
        var (begin, end) = (new long[threads], new long[threads]);
        var fastest = double.MaxValue;
        // The last to arrive reads the clocks of the round before; all begin after that.
        using var together = new Barrier(threads, _ =>
        {
            if (end[0] > 0)
            {
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(begin.Min(), end.Max()).TotalNanoseconds);
            }
        });
        var others = Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => Run(thread)) { IsBackground = true })
            .ToArray();
        foreach (var other in others)
        {
            other.Start();
        }

        Run(0);
        foreach (var other in others)
        {
            other.Join();
        }

        return fastest;

        void Run(int thread)
        {
            for (var round = 0; round < rounds; round++)
            {
                together.SignalAndWait();
                begin[thread] = Stopwatch.GetTimestamp();
                work(thread);
                end[thread] = Stopwatch.GetTimestamp();
            }

            together.SignalAndWait();
        }
    }
}
