namespace SegLstm.Benchmarks;

/// <summary>What was measured of a case on a number of threads.</summary>
public sealed record BenchmarkRow
{
    /// <summary>What, such as <c>selective_scan.forward</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Of what size.</summary>
    public required string Shape { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Median of the runs, in nanoseconds: of the processor's time for one thread, on the wall for several.</summary>
    public required double MedianNs { get; init; }

    /// <summary>Distance of the quartiles, in nanoseconds: half of the runs lie within.</summary>
    public required double IqrNs { get; init; }

    /// <summary>The fastest run, in nanoseconds.</summary>
    public required double FastestNs { get; init; }

    /// <summary>Runs.</summary>
    public required int Runs { get; init; }

    /// <summary>What the time is divided by to be compared between sizes.</summary>
    public required string Unit { get; init; }

    /// <summary>Median for one unit, in nanoseconds.</summary>
    public required double NsPerUnit { get; init; }

    /// <summary>10⁹ operations a second, two a multiply-add; exponentials that are counted apart are not among them.</summary>
    public required double Gflops { get; init; }

    /// <summary>The shortest time that the limits of the machine allow, at the best that was seen before, between or behind the
    /// runs, in percent of the median. Copies are not probed between the runs.</summary>
    public required double PercentOfLimit { get; init; }

    /// <summary>What the shortest time would mostly go to: <c>FMA</c>, <c>exp</c> or <c>copy</c>.</summary>
    public required string Limit { get; init; }

    /// <summary>Median of the reference, in nanoseconds; null where there is none.</summary>
    public double? ReferenceMedianNs { get; init; }

    /// <summary>How many times as long the reference takes; null where there is none.</summary>
    public double? RatioToReference { get; init; }

    /// <summary>How many times as long one thread takes, by the clock on the wall for both, measured in turns; null where one
    /// thread was not measured beside these.</summary>
    public double? RatioToOneThread { get; init; }

    /// <summary>The most memory that a run has in use at one time, in bytes, beside inputs and weights; null where that was not
    /// measured.</summary>
    public long? MemoryBytes { get; init; }
}
