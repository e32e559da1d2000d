namespace SegLstm.Models.VMamba;

/// <summary>A two-dimensional selective scan. The defaults are those of the published second release with ratio 1.</summary>
public sealed record SS2DConfig
{
    /// <summary>D, channels in and out.</summary>
    public long Dim { get; init; } = 96;

    /// <summary>N, states of a channel: 1 in the second release, 16 in the first.</summary>
    public long StateSize { get; init; } = 1;

    /// <summary>Inner channels a channel.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>R, rank of the step sizes; null: D/16, rounded up.</summary>
    public long? Rank { get; init; }

    /// <summary>Side of the depthwise kernel in front of the scan; below 2: no convolution.</summary>
    public long ConvKernelSize { get; init; } = 3;

    /// <summary>Bias of the depthwise convolution.</summary>
    public bool ConvBias { get; init; }

    /// <summary>Biases of the projections in and out.</summary>
    public bool Bias { get; init; }

    /// <summary>The form, in VMamba's words (see <see cref="SS2DForm"/>).</summary>
    public string ForwardType { get; init; } = "v05_noz";

    /// <summary>True: maps are <c>(B, D, H, W)</c>; false: <c>(B, H, W, D)</c>.</summary>
    public bool ChannelsFirst { get; init; } = true;

    /// <summary>How state matrix and step sizes start.</summary>
    public SS2DInit Init { get; init; }

    /// <summary>E, channels of the scan.</summary>
    public long InnerDim => (long)(Ratio * Dim);

    /// <summary>R.</summary>
    public long StepRank => Rank ?? (Dim + 15) / 16;

    /// <summary>All that is wrong with this configuration, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new Problems();
        problems.Require(Dim > 0, $"Dim must be positive, got {Dim}.");
        problems.Require(StateSize > 0, $"StateSize must be positive, got {StateSize}.");
        problems.Require(Ratio > 0 && InnerDim > 0, $"Ratio must give at least one inner channel of {Dim}, got {Ratio}.");
        problems.Require(Rank is null or > 0, $"Rank must be positive, or null for Dim/16, got {Rank}.");
        problems.Require(
            ConvKernelSize < 2 || ConvKernelSize % 2 == 1,
            $"ConvKernelSize must be odd to keep the map's size, or below 2 for no convolution, got {ConvKernelSize}.");
        var vanilla = false;
        try
        {
            vanilla = SS2DForm.Parse(ForwardType).Vanilla;
        }
        catch (ArgumentException wrong)
        {
            problems.Add(wrong.Message);
        }

        problems.Require(
            !vanilla || (!ChannelsFirst && ConvKernelSize == 3 && ConvBias && !Bias && Init == SS2DInit.Mamba),
            $"ForwardType {ForwardType} has ChannelsFirst = false, ConvKernelSize = 3, ConvBias = true, Bias = false and " +
            "Init = Mamba: set these, or choose v05.");
        return problems;
    }
}
