namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>What cannot be told from a file alone; all of it may be left out.</summary>
public sealed record HyperspectralReading
{
    /// <summary>The array of samples; null for the one with three dimensions that is no picture.</summary>
    public string? Variable { get; init; }

    /// <summary>A file of labels; null where they lie beside the samples, or there are none.</summary>
    public string? LabelPath { get; init; }

    /// <summary>The array of labels; null for the one with two dimensions that fits.</summary>
    public string? LabelVariable { get; init; }

    /// <summary>Which index counts bands.</summary>
    public BandAxis BandAxis { get; init; }

    /// <summary>Names and colours of the classes; null for numbers.</summary>
    public ClassLegend? Legend { get; init; }
}
