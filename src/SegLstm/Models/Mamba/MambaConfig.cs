namespace SegLstm.Models.Mamba;

/// <summary>A Mamba block. The defaults are the paper's; change with <c>with</c>.</summary>
public sealed record MambaConfig
{
    /// <summary>D, token width.</summary>
    public required long Dim { get; init; }

    /// <summary>N, numbers that a channel remembers.</summary>
    public long StateSize { get; init; } = 16;

    /// <summary>Taps of the causal convolution.</summary>
    public long ConvKernelSize { get; init; } = 4;

    /// <summary>E / D: the scan's channels to the tokens'.</summary>
    public long Expansion { get; init; } = 2;

    /// <summary>R, width that step sizes are computed through; null: D / 16, rounded up.</summary>
    public long? StepRank { get; init; }

    /// <summary>Biases of the two outer projections.</summary>
    public bool Bias { get; init; }

    /// <summary>Bias of the convolution.</summary>
    public bool ConvBias { get; init; } = true;

    /// <summary>E, channels of the scan.</summary>
    public long Inner => Expansion * Dim;

    /// <summary>R, as given or by the rule.</summary>
    public long Rank => StepRank ?? (Dim + 15) / 16;

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        (string Name, long? Value)[] sizes =
        [
            (nameof(Dim), Dim), (nameof(StateSize), StateSize), (nameof(ConvKernelSize), ConvKernelSize),
            (nameof(Expansion), Expansion), (nameof(StepRank), StepRank),
        ];
        return [.. sizes.Where(size => size.Value < 1).Select(size => $"{size.Name} must be positive, got {size.Value}.")];
    }
}
