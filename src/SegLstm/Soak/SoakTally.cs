namespace SegLstm.Soak;

/// <summary>How a reader fared with the inputs of one kind.</summary>
/// <param name="kind">The kind of file.</param>
public sealed class SoakTally(string kind)
{
    /// <summary>The kind of file.</summary>
    public string Kind { get; } = kind;

    /// <summary>How many inputs it got.</summary>
    public long Inputs { get; internal set; }

    /// <summary>How many of them it read; it refused the others.</summary>
    public long Accepted { get; internal set; }

    /// <summary>The longest that an input took, at the best of three tries.</summary>
    public TimeSpan Slowest { get; internal set; }

    /// <summary>The most memory that an input took beyond its own size, in bytes, at the best of three tries.</summary>
    public long MostMemory { get; internal set; }
}
