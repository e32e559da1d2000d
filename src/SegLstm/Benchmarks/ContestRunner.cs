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

    /// <summary>Runs both.</summary>
    /// <param name="contest">The two.</param>
    /// <param name="threads">Threads of an operator.</param>
    /// <param name="options">How long.</param>
    public static (Samples Ours, Samples? Reference) Run(Contest contest, int threads, BenchmarkOptions options)
    {
        double Time(Func<Action> round) => ContestRunner.Time(round, threads == 1);
        for (var run = 0; run < WarmUps; run++)
        {
            Time(contest.Ours);
        }

        var ours = new Samples();
        var reference = contest.Reference is null ? null : new Samples();
        if (contest.Reference is not null)
        {
            Time(contest.Reference);
        }

        while (ours.Count < MostRuns && Wants(ours, options.LeastRuns, options.Patience))
        {
            ours.Add(Time(contest.Ours));
            if (reference is not null && Wants(reference, options.LeastReferenceRuns, options.Patience))
            {
                reference.Add(Time(contest.Reference!));
            }
        }

        return (ours, reference);
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
