using System.Diagnostics;

namespace SegLstm.Kernels.Simd;

/// <summary>Threads that help with one job at a time, and stay awake for a moment after it: a network's kernels follow one another
/// sooner than a sleeping thread wakes.</summary>
/// <remarks>A helper that comes too late finds nothing left, and nobody waits for it.</remarks>
internal sealed class WorkerPool
{
    // A fifth of a millisecond: between two kernels lie tens of microseconds of a network's own work, and on a virtual machine a
    // sleeper takes about fifty to wake.
    private static readonly long AwakeTicks = Stopwatch.Frequency / 5_000;

    // Between two looks for a job, about a third of a microsecond.
    private const int Pause = 8;

    // Looks until other threads that could run may.
    private const int LooksInTurn = 16;

    private readonly SemaphoreSlim wake = new(0);
    private volatile WorkerJob? current;
    private int busy;
    private int helpers;

    // Of those asleep, how many nobody has begun to wake.
    private int sleeping;

    /// <summary>The one of this process.</summary>
    public static WorkerPool Shared { get; } = new();

    /// <summary>Runs every piece once, on the calling thread and on helpers; they are begun in order.</summary>
    /// <param name="threads">Threads, at least 2.</param>
    /// <param name="pieces">How many pieces.</param>
    /// <param name="run">Runs one. What it throws is thrown here when no piece runs any more.</param>
    /// <returns>False where the helpers have another job: then nothing was run.</returns>
    public bool TryRun(int threads, int pieces, Action<int> run)
    {
        if (Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            return false;
        }

        var job = new WorkerJob(pieces, threads - 1, run);
        try
        {
            for (; helpers < threads - 1; helpers++)
            {
                // Unsafe: without what flows with the caller, which a helper would hold on to for as long as the process lives.
                new Thread(Help) { IsBackground = true, Name = "SegLstm kernels" }.UnsafeStart();
            }

            current = job;
            Interlocked.MemoryBarrier();
            if (Claim(threads - 1) is > 0 and var sleepers)
            {
                wake.Release(sleepers);
            }

            job.Work();
            job.Await();
        }
        finally
        {
            current = null;
            Volatile.Write(ref busy, 0);
        }

        job.ThrowIfFailed();
        return true;
    }

    private void Help()
    {
        WorkerJob? last = null;
        var since = Stopwatch.GetTimestamp();
        var looks = 0;
        while (true)
        {
            if (current is { } job && job != last)
            {
                last = job;
                job.Join();
                since = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetTimestamp() - since < AwakeTicks)
            {
                Thread.SpinWait(Pause);
                if (++looks % LooksInTurn == 0)
                {
                    Thread.Yield();
                }
            }
            else
            {
                Sleep(last);
                since = Stopwatch.GetTimestamp();
            }
        }
    }

    private void Sleep(WorkerJob? last)
    {
        // Who brings a job sees that somebody sleeps, or this thread sees the job: one of both at least.
        Interlocked.Increment(ref sleeping);
        if (current is not { } job || job == last || Claim(1) == 0)
        {
            wake.Wait();
        }
    }

    /// <summary>Takes sleepers off the count, to wake them.</summary>
    private int Claim(int most)
    {
        while (true)
        {
            var asleep = Volatile.Read(ref sleeping);
            var claimed = Math.Min(asleep, most);
            if (claimed == 0 || Interlocked.CompareExchange(ref sleeping, asleep - claimed, asleep) == asleep)
            {
                return claimed;
            }
        }
    }
}
