using System.Diagnostics;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks;

/// <summary>A contest on one number of threads: the times of its runs, and the fastest that the machine was seen to be
/// meanwhile.</summary>
/// <remarks>One thread is timed by its processor time, which stands still while other work has the processor; several by the clock on
/// the wall.</remarks>
/// <param name="contest">The computation and its reference.</param>
/// <param name="limits">The machine's on so many threads, as they were seen before.</param>
internal sealed class ContestRow(Contest contest, MachineLimits limits)
{
    private const int WarmUps = 2;

    // Of the time of the runs.
    private const double ProbesShare = 0.1;

    // So long that its few runs hardly scatter.
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(2);

    // The first runs compile, and wake threads that were not needed before.
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(0.3);

    // Long beside what the system takes to spread threads over its processors, short beside the seconds for which a shared machine
    // is slow.
    private static readonly TimeSpan LeastTurn = TimeSpan.FromSeconds(0.2);

    /// <summary>Times of the computation.</summary>
    public Samples Ours { get; } = new();

    /// <summary>The same runs by the clock on the wall, whatever the number of threads.</summary>
    public Samples OnTheWall { get; } = new();

    /// <summary>Times of the reference; null: there is none.</summary>
    public Samples? Reference { get; } = contest.Reference is null ? null : new();

    /// <summary>The best that was seen before and between the runs.</summary>
    public MachineLimits Limits { get; private set; } = limits;

    /// <summary>Runs both untimed until they are compiled and their threads awake.</summary>
    /// <returns>Whether a run takes seconds.</returns>
    public bool WarmUp()
    {
        set_num_threads(Limits.Threads);
        var warm = new Samples();
        while (warm.Total < LeastWarmUp || (warm.Count < WarmUps && warm.Total < LongRun))
        {
            warm.Add(Time(contest.Ours).Wall);
        }

        if (contest.Reference is not null)
        {
            Time(contest.Reference);
        }

        return warm.Fastest > LongRun.TotalNanoseconds;
    }

    /// <summary>Runs the computation for a moment, once at least, probes the machine for a tenth of that, and runs the reference for
    /// a moment.</summary>
    /// <param name="withReference">Whether the reference has not been run often enough.</param>
    public void Turn(bool withReference)
    {
        set_num_threads(Limits.Threads);
        var share = ProbesShare * Repeat(contest.Ours, Ours, OnTheWall);
        var start = Stopwatch.GetTimestamp();
        do
        {
            Limits = Limits.BetterOfNow();
        }
        while (Stopwatch.GetElapsedTime(start) < share);
        if (withReference)
        {
            Repeat(contest.Reference!, Reference!);
        }
    }

    private TimeSpan Repeat(Func<Action> round, Samples times, Samples? onTheWall = null)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            var time = Time(round);
            times.Add(Clocked(time));
            onTheWall?.Add(time.Wall);
        }
        while (Stopwatch.GetElapsedTime(start) < LeastTurn);
        return Stopwatch.GetElapsedTime(start);
    }

    private static (double Wall, double Processor) Time(Func<Action> round)
    {
        using var scope = NewDisposeScope();
        var timed = round();
        var (start, used) = (Stopwatch.GetTimestamp(), ThreadClock.Nanoseconds);
        timed();
        var processor = ThreadClock.Nanoseconds - used;
        return (Stopwatch.GetElapsedTime(start).TotalNanoseconds, processor);
    }

    private double Clocked((double Wall, double Processor) time) => Limits.Threads == 1 ? time.Processor : time.Wall;
}
