using System.IO.Enumeration;
using SegLstm.Benchmarks.Cases;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks;

/// <summary>Measures kernels, blocks and models on the CPU, each beside its reference and the limits of the machine.</summary>
/// <remarks>Rows of several threads are timed by the clock on the wall: on a machine that does something else meanwhile, ratios
/// stand, percentages fall. Rows of one thread are timed by the processor's time and stand more firmly. A machine, above all a
/// shared one, is faster at one time than at another. So the rows of a case on one and on several threads are measured in turns, and
/// the limits of a row are the best that were seen before, between and behind its runs: half of the runs are no slower than the
/// median, and have probes beside them. A run is not divided by the probe beside it: where another thread shares the core, a loop
/// that fills every slot loses more than a kernel that leaves slots empty, and the kernel would look better than it is.</remarks>
public static class BenchmarkSuite
{
    /// <summary>The cases that would be run.</summary>
    public static IReadOnlyList<BenchmarkCase> List(BenchmarkOptions options) =>
    [
        .. Plain(options).Concat(Curves(options).SelectMany(curve => curve)).Where(one =>
            options.Wildcard is null || FileSystemName.MatchesSimpleExpression(options.Wildcard, one.Name)),
    ];

    /// <summary>How many rows they give: kernels are measured on one thread too.</summary>
    public static int Count(BenchmarkOptions options) => List(options).Sum(one => Threads(one, options).Length);

    /// <summary>Runs them.</summary>
    /// <param name="options">Which, and how long.</param>
    /// <param name="progress">Told in front of each case: rows done, and what comes.</param>
    /// <param name="stop">Ends it after the case at hand; the report then has the rows up to there.</param>
    /// <exception cref="ArgumentException">No case has such a name, or the number of threads is not positive.</exception>
    public static BenchmarkReport Run(
        BenchmarkOptions options, Action<int, string>? progress = null, CancellationToken stop = default)
    {
        var usual = get_num_threads();
        options = options with { Threads = options.Threads ?? usual };
        var cases = List(options);
        if (cases.Count == 0)
        {
            throw new ArgumentException(
                $"Expected the name of a benchmark, got '{options.Wildcard}': * and ? stand for any letters.", nameof(options));
        }

        var latest = cases.SelectMany(one => Threads(one, options)).Distinct()
            .ToDictionary(count => count, MachineLimits.Measure);
        var best = new SortedDictionary<int, MachineLimits>(latest);
        var done = new List<(BenchmarkCase Case, BenchmarkRow Row)>();
        try
        {
            foreach (var one in cases.TakeWhile(_ => !stop.IsCancellationRequested))
            {
                progress?.Invoke(done.Count, $"{one.Name}  {one.Shape}");
                foreach (var measured in Measure(one, [.. Threads(one, options).Select(count => latest[count])], options))
                {
                    var threads = measured.Row.Limits.Threads;
                    latest[threads] = MachineLimits.Measure(threads);
                    var limits = measured.Row.Limits.BetterOf(latest[threads]);
                    best[threads] = best[threads].BetterOf(limits);
                    done.Add((one, Row(one, measured, limits)));
                }
            }
        }
        finally
        {
            set_num_threads(usual);
        }

        return new BenchmarkReport
        {
            Environment = BenchmarkEnvironment.Of(options.Threads.Value, [.. best.Values]),
            Rows = [.. done.Select(one => one.Row)],
            Scaling = !options.Scaling ? null :
            [
                .. Curves(options).Select(curve => ScalingCurve.Fit(curve.Key, [.. done
                    .Where(one => one.Case.Name == curve.Key)
                    .Select(one => (one.Case.Units, one.Row.MedianNs, (double?)one.Row.MemoryBytes))]))
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

    private static int[] Threads(BenchmarkCase one, BenchmarkOptions options)
    {
        var threads = options.Threads ?? get_num_threads();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(options));
        return one.AlsoOnOneThread && threads > 1 ? [1, threads] : [threads];
    }

    private static Measured[] Measure(BenchmarkCase one, IReadOnlyList<MachineLimits> limits, BenchmarkOptions options)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var contest = one.Prepare();
        var rows = ContestRunner.Run(contest, limits, options);
        var alone = rows.Count > 1 ? rows.Single(row => row.Limits.Threads == 1) : null;
        return
        [
            .. rows.Select(row => new Measured(row, row == alone ? null : alone,
                one.WithMemory ? ContestRunner.Memory(contest, row.Limits.Threads) : null)),
        ];
    }

    private static BenchmarkRow Row(BenchmarkCase one, Measured measured, MachineLimits limits)
    {
        var (row, alone, memory) = measured;
        var (ours, reference) = (row.Ours, row.Reference);
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
            RatioToOneThread = alone?.OnTheWall.Median / row.OnTheWall.Median,
            MemoryBytes = memory,
        };
    }

    private sealed record Measured(ContestRow Row, ContestRow? OneThread, long? Memory);
}
