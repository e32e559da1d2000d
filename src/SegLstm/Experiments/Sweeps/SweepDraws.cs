namespace SegLstm.Experiments.Sweeps;

/// <summary>
/// Random points: often better than a grid where few of many values matter. A point's numbers depend on the seed, the path and
/// its index, so that more points leave the first as they are.
/// </summary>
public sealed record SweepDraws
{
    /// <summary>How many points.</summary>
    public required int Count { get; init; }

    /// <summary>Root of the draws; not that of the runs.</summary>
    public long Seed { get; init; }

    /// <summary>What is drawn.</summary>
    public required IReadOnlyList<SweepRange> Ranges { get; init; }

    /// <summary>Everything that is wrong with the draws.</summary>
    public IEnumerable<string> Validate()
    {
        if (Count < 1) yield return $"Count is {Count}: expected at least 1.";
        if (Ranges.Count == 0) yield return "Ranges is empty: expected at least one.";
        // Lists are not looked into by who reads the record.
        foreach (string fault in Ranges.SelectMany(range => range.Validate())) yield return $"Ranges has a fault: {fault}";
    }
}
