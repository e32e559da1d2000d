using System.Diagnostics;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks;

/// <summary>Times a computation and its reference in turns, so that other work on the machine hits both.</summary>
/// <remarks>One thread is timed by the processor's time, which stands still while other work has the processor; several by the
/// clock on the wall.</remarks>
internal static class ContestRunner
{
    private const int MostRuns = 1000;
    private const int WarmUps = 2;

    // So long that its few runs hardly scatter.
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(2);

    // The first runs compile, and wake threads that were not needed before.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.1);

    /// <summary>Runs both.</summary>
    /// <param name="contest">The two.</param>
    /// <param name="threads">Threads of an operator.</param>
    /// <param name="options">How long.</param>
    public static (Samples Ours, Samples? Reference) Run(Contest contest, int threads, BenchmarkOptions options)
    {
        double Time(Func<Action> round) => ContestRunner.Time(round, threads == 1);
        var warm = new Samples();
        while (warm.Total < WarmUp || (warm.Count < WarmUps && warm.Total < LongRun))
        {
            warm.Add(Time(contest.Ours));
        }

        var least = warm.Fastest > LongRun.TotalNanoseconds ? options.LeastReferenceRuns : options.LeastRuns;
        var ours = new Samples();
        var reference = contest.Reference is null ? null : new Samples();
        if (contest.Reference is not null)
        {
            Time(contest.Reference);
        }

        while (ours.Count < MostRuns && Wants(ours, least, options.Patience))
        {
            ours.Add(Time(contest.Ours));
            if (reference is not null && Wants(reference, options.LeastReferenceRuns, options.Patience))
            {
                reference.Add(Time(contest.Reference!));
            }
        }

        return (ours, reference);
    }

    /// <summary>The most memory that a run has in use at one time beyond what was in use before, in bytes.</summary>
    public static long Memory(Contest contest)
    {
        using var scope = NewDisposeScope();
        return ProcessMemory.TakenBy(contest.Ours());
    }

    private static bool Wants(Samples samples, int least, TimeSpan patience) =>
        samples.Count < least || samples.Total < patience;

    private static double Time(Func<Action> round, bool byProcessor)
    {
        using var scope = NewDisposeScope();
        var timed = round();
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        timed();
        var time = byProcessor ? Environment.CpuUsage.TotalTime - used : Stopwatch.GetElapsedTime(start);
        return time.TotalNanoseconds;
    }
}
