namespace SegLstm.Data.Hyperspectral.Synthetic;

/// <summary>
/// What a synthetic hyperspectral scene is made of. The same record gives the same samples, in any order and on any number of threads;
/// on another kind of processor exponentials may round otherwise in the last digit.
/// </summary>
public sealed record SyntheticHyperspectral
{
    /// <summary>Rows.</summary>
    public int Height { get; init; } = 256;

    /// <summary>Columns.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Number of bands, 3 to 1024.</summary>
    public int Bands { get; init; } = 144;

    /// <summary>Number of classes, 2 to 64.</summary>
    public int Classes { get; init; } = 9;

    /// <summary>The first band's centre in nanometres.</summary>
    public double FirstWavelength { get; init; } = 400;

    /// <summary>The last band's centre in nanometres.</summary>
    public double LastWavelength { get; init; } = 1000;

    /// <summary>Pixels over which the land changes: the side of a typical field.</summary>
    public double FieldSize { get; init; } = 40;

    /// <summary>
    /// Signal over noise in the best band, for a reflectance of one half; in the outermost bands a fifth of it, as detectors are
    /// insensitive there, and in the two bands of atmospheric water from 1300 nm a twentieth.
    /// </summary>
    public double SignalToNoise { get; init; } = 60;

    /// <summary>
    /// How unlike classes are: the share of a spectrum's shape that is a class's own, the rest being its family's. Small is hard.
    /// </summary>
    public double Contrast { get; init; } = 0.25;

    /// <summary>The least share of a pixel that its class must cover for the pixel to be labelled.</summary>
    public double LeastPurity { get; init; } = 0.6;

    /// <summary>Another seed makes another place with other spectra.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Checks all parts.</summary>
    /// <exception cref="ArgumentException">All that is wrong, at once.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        if (Height is < 1 or > 32_768 || Width is < 1 or > 32_768)
            problems.Add($"{Height}x{Width} pixels; expected sides of 1 to 32,768");
        if (Bands is < 3 or > 1024) problems.Add($"{Bands} bands; expected 3 to 1024");
        if (Classes is < 2 or > 64) problems.Add($"{Classes} classes; expected 2 to 64");
        if (!(FirstWavelength >= 200 && FirstWavelength < LastWavelength && LastWavelength <= 14_000))
            problems.Add($"wavelengths from {FirstWavelength} to {LastWavelength} nm; expected an interval within 200 to 14,000");
        if (!(FieldSize >= 2)) problems.Add($"fields of {FieldSize} pixels; expected at least 2");
        if (!(SignalToNoise > 0)) problems.Add($"a signal to noise of {SignalToNoise}; expected more than 0");
        if (!(Contrast is > 0 and <= 1)) problems.Add($"a contrast of {Contrast}; expected above 0 up to 1");
        if (!(LeastPurity is >= 0 and < 1)) problems.Add($"a least purity of {LeastPurity}; expected 0 up to, not with, 1");
        if (problems.Count > 0) throw new ArgumentException("This synthetic scene cannot be made: " + string.Join("; ", problems) + ".");
    }

    /// <summary>Makes the whole scene in memory.</summary>
    /// <exception cref="ArgumentException">A part is out of range, or the scene is too large for one array.</exception>
    public HyperspectralScene Generate()
    {
        using var rows = new SyntheticRows(this);
        long count = (long)Height * Width * Bands;
        if (count > Array.MaxLength)
            throw new ArgumentException(
                $"{Height}x{Width} pixels of {Bands} bands are {count:N0} samples, too many for one array: take SyntheticRows.");
        float[] samples = new float[count];
        byte[] labels = new byte[Height * Width];
        Parallel.For(0, Height, row =>
        {
            rows.Read(row, 1, samples.AsSpan(row * Width * Bands, Width * Bands));
            rows.ReadLabels(row, 1, labels.AsSpan(row * Width, Width));
        });
        double[] wavelengths = [.. rows.Wavelengths];
        return new HyperspectralScene
        {
            Name = rows.Name,
            Samples = samples,
            Height = Height,
            Width = Width,
            Bands = Bands,
            Labels = labels,
            Legend = ClassColors.Numbered(Classes),
            Wavelengths = wavelengths,
            SourceBands = [.. Enumerable.Range(0, Bands)],
            DisplayBands = DisplayBandChoice.Of(Bands, wavelengths),
            Provenance = $"Made by a program: linear mixing of {Classes} smooth spectra, seed {Seed}; no sensor took it.",
        };
    }
}
