namespace SegLstm.Pretraining.Methods;

/// <summary>MoCo's queue and momentum. The defaults are those of GLCNet's comparison.</summary>
public sealed record MoCoOptions
{
    /// <summary>What the key encoder keeps of itself at each step.</summary>
    public double Momentum { get; init; } = 0.999;

    /// <summary>Keys in the queue, K: at least a batch.</summary>
    public int QueueLength { get; init; } = 2048;

    /// <summary>What similarities are divided by.</summary>
    public double Temperature { get; init; } = 0.07;

    /// <summary>Length of queries and keys.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>All that is wrong with these options, in words; empty if nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Momentum is not (>= 0 and < 1))
        {
            yield return $"Momentum is {Momentum}: expected 0 up to, but not including, 1.";
        }

        if (QueueLength < 1 || Channels < 1)
        {
            yield return $"QueueLength is {QueueLength} and Channels {Channels}: expected at least 1.";
        }

        if (Temperature is not (> 0 and < double.PositiveInfinity))
        {
            yield return $"Temperature is {Temperature}: expected a positive number.";
        }
    }
}
