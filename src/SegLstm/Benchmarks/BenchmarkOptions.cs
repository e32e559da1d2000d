namespace SegLstm.Benchmarks;

/// <summary>What is measured, and how long.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>Names with <c>*</c> and <c>?</c>, any case; null: all.</summary>
    public string? Wildcard { get; init; }

    /// <summary>Fewer and smaller cases, each below about a second.</summary>
    public bool Quick { get; init; }

    /// <summary>Time and memory against the number of tokens, from 1,024 to 65,536, too.</summary>
    public bool Scaling { get; init; }

    /// <summary>Threads; null: as many as libtorch uses.</summary>
    public int? Threads { get; init; }

    /// <summary>Runs at least, of which the median is taken; those of seconds are fewer.</summary>
    internal int LeastRuns => Quick ? 3 : 10;

    /// <summary>Runs at least of the reference, and of what takes seconds.</summary>
    internal int LeastReferenceRuns => Quick ? 2 : 3;

    /// <summary>Beyond the least number, runs are added for as long.</summary>
    internal TimeSpan Patience => TimeSpan.FromSeconds(Quick ? 0.2 : 1);
}
