using SegLstm.Benchmarks;
using static TorchSharp.torch;

namespace SegLstm.Tests.Benchmarks;

public sealed class ContestRunnerTests
{
    [Fact]
    public void Limits_that_were_seen_at_a_slow_moment_are_mended_between_the_runs()
    {
        var limits = LimitsBehind(new MachineLimits(2, 512, GigaFlops: 1e-6, NanosecondsPerExp: 1e6, [new(1, 7)]));
        Assert.InRange(limits.GigaFlops, 1, 4000);
        Assert.InRange(limits.NanosecondsPerExp, 0.005, 20);
        Assert.Equal([new(1, 7)], limits.Copies);
    }

    [Fact]
    public void Limits_that_were_seen_at_a_fast_moment_stay()
    {
        var limits = LimitsBehind(new MachineLimits(2, 512, GigaFlops: 1e9, NanosecondsPerExp: 1e-9, [new(1, 7)]));
        Assert.Equal((1e9, 1e-9), (limits.GigaFlops, limits.NanosecondsPerExp));
    }

    [Fact]
    public void One_thread_and_several_are_measured_in_turns_each_with_its_reference()
    {
        var threads = new List<int>();
        var referenceThreads = new List<int>();
        var rows = Run(
            new Contest(Recorded(threads), Recorded(referenceThreads)),
            [.. new[] { 1, 2 }.Select(count => new MachineLimits(count, 512, 1, 1, [new(1, 1)]))], new BenchmarkOptions());
        Assert.Equal([1, 2], rows.Select(row => row.Limits.Threads));
        Assert.All(rows, row => Assert.True(row.Ours.Count >= 10 && row.OnTheWall.Count == row.Ours.Count));
        Assert.All(rows, row => Assert.InRange(row.Reference!.Count, 3, referenceThreads.Count));

        // Both warm up, and then there are some rounds: it would be 3 with one row behind the other.
        Assert.InRange(Changes(threads), 5, threads.Count);
        Assert.InRange(Changes(referenceThreads), 5, referenceThreads.Count);
    }

    private static MachineLimits LimitsBehind(MachineLimits before) =>
        Assert.Single(Run(new Contest(Recorded([])), [before], new BenchmarkOptions { Quick = true })).Limits;

    private static IReadOnlyList<ContestRow> Run(Contest contest, MachineLimits[] limits, BenchmarkOptions options)
    {
        var usual = get_num_threads();
        try
        {
            return ContestRunner.Run(contest, limits, options);
        }
        finally
        {
            set_num_threads(usual);
        }
    }

    private static Func<Action> Recorded(List<int> threads) => () =>
    {
        threads.Add(get_num_threads());
        return () => ones(1 << 18).exp();
    };

    private static int Changes(List<int> threads) => threads.Zip(threads.Skip(1)).Count(pair => pair.First != pair.Second);
}
