namespace SegLstm.Pretraining.Methods;

/// <summary>What GLCNet contrasts. The defaults are the published ones.</summary>
public sealed record GlcNetOptions
{
    /// <summary>The whole, or an ablation.</summary>
    public GlcNetVariant Variant { get; init; } = GlcNetVariant.Full;

    /// <summary>Temperature τ of both contrasts.</summary>
    public double Temperature { get; init; } = 0.5;

    /// <summary>λ: the loss is λ times the global part and 1 - λ times the local one; an ablation's only part counts
    /// whole.</summary>
    public double Lambda { get; init; } = 0.5;

    /// <summary>n: local regions an image.</summary>
    public int BoxCount { get; init; } = 4;

    /// <summary>p: side of a local region in pixels, even.</summary>
    public int BoxSize { get; init; } = 48;

    /// <summary>Channels of the decoder's map and of the vectors that are contrasted.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>All that is wrong with these options, in words; empty if nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Temperature is not (> 0 and < double.PositiveInfinity))
        {
            yield return $"Temperature is {Temperature}: expected a positive number.";
        }

        if (Lambda is not (>= 0 and <= 1))
        {
            yield return $"Lambda is {Lambda}: expected 0 to 1.";
        }

        if (BoxCount < 1)
        {
            yield return $"BoxCount is {BoxCount}: expected at least 1.";
        }

        if (BoxSize < 2 || BoxSize % 2 != 0)
        {
            yield return $"BoxSize is {BoxSize}: expected an even number of at least 2.";
        }

        if (Channels < 1)
        {
            yield return $"Channels is {Channels}: expected at least 1.";
        }
    }
}
