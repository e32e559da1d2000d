namespace SegLstm.Benchmarks;

/// <summary>Something that is measured.</summary>
public sealed record BenchmarkCase
{
    internal BenchmarkCase(Func<Contest> prepare) => Prepare = prepare;

    /// <summary>What, such as <c>selective_scan.forward</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Of what size, such as <c>D 384, N 16, L 1024</c>.</summary>
    public required string Shape { get; init; }

    /// <summary>What the time is divided by to be compared between sizes, such as <c>token</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>How many units one run has.</summary>
    public required double Units { get; init; }

    /// <summary>What one run cannot do without.</summary>
    public required Work Work { get; init; }

    /// <summary>Whether it is measured on one thread too, beside all.</summary>
    internal bool AlsoOnOneThread { get; init; }

    /// <summary>Whether the memory of a run is measured, too.</summary>
    internal bool WithMemory { get; init; }

    /// <summary>Makes the inputs.</summary>
    internal Func<Contest> Prepare { get; init; }
}
