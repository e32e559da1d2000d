using System.IO.Enumeration;
using SegLstm.Benchmarks.Cases;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks;

/// <summary>Measures kernels, blocks and models on the CPU, each beside its reference and the limits of the machine.</summary>
/// <remarks>Rows of several threads are timed by the clock on the wall: on a machine that does something else meanwhile, ratios
/// stand, percentages fall. Rows of one thread are timed by the processor's time and stand more firmly. A machine, above all a
/// shared one, is faster at one time than at another: a row's limits are the better of those seen before and behind it.</remarks>
public static class BenchmarkSuite
{
    /// <summary>The cases that would be run.</summary>
    public static IReadOnlyList<BenchmarkCase> List(BenchmarkOptions options) =>
    [
        .. Plain(options).Concat(Curves(options).SelectMany(curve => curve)).Where(one =>
            options.Wildcard is null || FileSystemName.MatchesSimpleExpression(options.Wildcard, one.Name)),
    ];

    /// <summary>How many rows they give: kernels are measured on one thread too.</summary>
    public static int Count(BenchmarkOptions options) => Rows(options).Count();

    /// <summary>Runs them.</summary>
    /// <param name="options">Which, and how long.</param>
    /// <param name="progress">Told in front of each row: rows done, and what comes.</param>
    /// <param name="stop">Ends it after the row at hand; the report then has the rows up to there.</param>
    /// <exception cref="ArgumentException">No case has such a name, or the number of threads is not positive.</exception>
    public static BenchmarkReport Run(
        BenchmarkOptions options, Action<int, string>? progress = null, CancellationToken stop = default)
    {
        var rows = Rows(options).ToArray();
        if (rows.Length == 0)
        {
            throw new ArgumentException(
                $"Expected the name of a benchmark, got '{options.Wildcard}': * and ? stand for any letters.", nameof(options));
        }

        var usual = get_num_threads();
        var latest = rows.Select(row => row.Threads).Distinct().ToDictionary(count => count, MachineLimits.Measure);
        var best = new SortedDictionary<int, MachineLimits>(latest);
        var measured = new List<Measured>(rows.Length);
        try
        {
            foreach (var row in rows.TakeWhile(_ => !stop.IsCancellationRequested))
            {
                progress?.Invoke(measured.Count, $"{row.Case.Name}  {row.Case.Shape}");
                var one = Measure(row.Case, row.Threads, options);
                measured.Add(one with { Limits = one.Limits.BetterOf(latest[row.Threads]) });
                latest[row.Threads] = one.Limits;
                best[row.Threads] = best[row.Threads].BetterOf(one.Limits);
            }
        }
        finally
        {
            set_num_threads(usual);
        }

        return new BenchmarkReport
        {
            Environment = BenchmarkEnvironment.Of(options.Threads ?? usual, [.. best.Values]),
            Rows = [.. measured.Select(Row)],
            Scaling = !options.Scaling ? null :
            [
                .. Curves(options).Select(curve => ScalingCurve.Fit(curve.Key, [.. measured
                    .Where(row => row.Case.Name == curve.Key)
                    .Select(row => (row.Case.Units, row.Ours.Median, (double?)row.Memory))]))
                    .OfType<ScalingCurve>(),
            ],
        };
    }

    private static IEnumerable<BenchmarkCase> Plain(BenchmarkOptions options) =>
    [
        .. ScanCases.All(options.Quick), .. CrossScanCases.All(options.Quick), .. MlstmCases.All(options.Quick),
        .. AttentionCases.All(options.Quick), .. BlockCases.All(options.Quick), .. ModelCases.All(options.Quick),
    ];

    private static IEnumerable<IGrouping<string, BenchmarkCase>> Curves(BenchmarkOptions options) =>
        (options.Scaling ? ScalingCases.All() : []).GroupBy(one => one.Name);

    private static IEnumerable<(BenchmarkCase Case, int Threads)> Rows(BenchmarkOptions options)
    {
        var threads = options.Threads ?? get_num_threads();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(options));
        return List(options).SelectMany(one =>
            (one.AlsoOnOneThread && threads > 1 ? new[] { 1, threads } : [threads]).Select(count => (one, count)));
    }

    private static Measured Measure(BenchmarkCase one, int threads, BenchmarkOptions options)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var contest = one.Prepare();
        var (ours, reference) = ContestRunner.Run(contest, threads, options);
        long? memory = one.WithMemory ? ContestRunner.Memory(contest) : null;
        return new Measured(one, ours, reference, memory, MachineLimits.Measure(threads));
    }

    private static BenchmarkRow Row(Measured measured)
    {
        var (one, ours, reference, memory, limits) = measured;
        var (bound, limit) = one.Work.Bound(limits);
        return new BenchmarkRow
        {
            Name = one.Name,
            Shape = one.Shape,
            Threads = limits.Threads,
            MedianNs = ours.Median,
            IqrNs = ours.InterquartileRange,
            FastestNs = ours.Fastest,
            Runs = ours.Count,
            Unit = one.Unit,
            NsPerUnit = ours.Median / one.Units,
            Gflops = one.Work.Flops / ours.Median,
            PercentOfLimit = 100 * bound / ours.Median,
            Limit = limit,
            ReferenceMedianNs = reference?.Median,
            RatioToReference = reference?.Median / ours.Median,
            MemoryBytes = memory,
        };
    }

    private sealed record Measured(BenchmarkCase Case, Samples Ours, Samples? Reference, long? Memory, MachineLimits Limits);
}
