namespace SegLstm.Soak;

/// <summary>How long and with what the readers are soaked.</summary>
public sealed record SoakOptions
{
    /// <summary>How long.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The same seed gives the same inputs, in the same order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where inputs are kept that a reader did not withstand; made when there is one.</summary>
    public required string Folder { get; init; }

    /// <summary>Good files to change, beside those that are made here.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Told every second: inputs so far.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Told with the input's path where a reader does not come back at all; it should end the process.</summary>
    public Action<string>? Hung { get; init; }
}
