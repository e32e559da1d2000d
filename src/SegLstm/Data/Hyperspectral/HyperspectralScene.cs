using SegLstm.Data.Rasters;

namespace SegLstm.Data.Hyperspectral;

/// <summary>An image with many bands in memory, with its labels where it has any.</summary>
public sealed record HyperspectralScene
{
    /// <summary>The scene's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The samples, interleaved by pixel, in the source's units: that of (row, column, band) is at
    /// (row * <see cref="Width"/> + column) * <see cref="Bands"/> + band.
    /// </summary>
    public required float[] Samples { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Number of bands.</summary>
    public required int Bands { get; init; }

    /// <summary>The class of each pixel, row after row: 0 for none, 1 to the number of classes.</summary>
    public required byte[] Labels { get; init; }

    /// <summary>Names and colours of the classes: that of label c is at c - 1.</summary>
    public ClassLegend Legend { get; init; } = ClassLegend.None;

    /// <summary>The centre of each band in nanometres, or null where it is not known.</summary>
    public double[]? Wavelengths { get; init; }

    /// <summary>The number of each band in the source, from 0; another than its place where bands were taken out.</summary>
    public required int[] SourceBands { get; init; }

    /// <summary>Bands that the source itself calls bad (ENVI's "bbl"), by their place here.</summary>
    public int[] DeclaredBadBands { get; init; } = [];

    /// <summary>Which bands, from 0, show as red, green and blue.</summary>
    public required int[] DisplayBands { get; init; }

    /// <summary>The split that was published with the scene, or null.</summary>
    public PixelSplit? OfficialSplit { get; init; }

    /// <summary>The map from pixels to map coordinates, or null.</summary>
    public GeoTransform? GeoTransform { get; init; }

    /// <summary>The coordinate system as WKT, or empty.</summary>
    public string Projection { get; init; } = "";

    /// <summary>Who made it, under which terms, and what of this description is not verified.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>What was found odd while it was read: another file than the known one, dropped bands.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Number of pixels.</summary>
    public int Pixels => Height * Width;

    /// <summary>Number of classes.</summary>
    public int Classes => Legend.Count;

    /// <summary>The names of the classes: that of label c is at c - 1.</summary>
    public IReadOnlyList<string> ClassNames => Legend.Names;

    /// <summary>The spectrum of a pixel, a sample a band; a view.</summary>
    /// <param name="pixel">row * width + column.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pixel.</exception>
    public ReadOnlySpan<float> Spectrum(int pixel) => Samples.AsSpan(checked(pixel * Bands), Bands);

    /// <summary>How many pixels each class has; that of label c is at c, the unlabelled at 0.</summary>
    public int[] CountLabels()
    {
        int[] counts = new int[Math.Max(Classes, (int)Labels.DefaultIfEmpty((byte)0).Max()) + 1];
        foreach (byte label in Labels) counts[label]++;
        return counts;
    }

    /// <summary>The same scene with some of its bands.</summary>
    /// <param name="keep">Which, from 0, ascending.</param>
    /// <exception cref="ArgumentException">None, or not ascending within the bands there are.</exception>
    public HyperspectralScene WithBands(IReadOnlyList<int> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        if (keep.Count == 0 || keep[0] < 0 || keep[^1] >= Bands || keep.Zip(keep.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException(
                $"Bands to keep are ascending numbers from 0 to {Bands - 1}, at least one; got {string.Join(", ", keep)}.");
        float[] samples = new float[Pixels * keep.Count];
        for (int pixel = 0, to = 0; pixel < Pixels; pixel++)
        {
            foreach (int band in keep) samples[to++] = Samples[(pixel * Bands) + band];
        }

        // A band that shows and is dropped gives its place to its nearest neighbour.
        int[] places = [.. keep];
        return this with
        {
            Samples = samples,
            Bands = keep.Count,
            Wavelengths = Wavelengths is { } all ? [.. places.Select(band => all[band])] : null,
            SourceBands = [.. places.Select(band => SourceBands[band])],
            DeclaredBadBands = [.. DeclaredBadBands.Where(places.Contains).Select(band => Array.IndexOf(places, band))],
            DisplayBands = [.. DisplayBands.Select(band => Array.IndexOf(places, places.MinBy(kept => Math.Abs(kept - band))))],
        };
    }

    /// <summary>Checks the parts against each other.</summary>
    /// <exception cref="ArgumentException">All that is wrong, at once.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        long pixels = (long)Height * Width;
        if (Height < 1 || Width < 1 || Bands < 1) problems.Add($"it is {Height}x{Width} pixels of {Bands} bands");
        if (Samples.LongLength != pixels * Bands) problems.Add($"{Samples.LongLength:N0} samples for {pixels:N0} pixels of {Bands} bands");
        if (Labels.LongLength != pixels) problems.Add($"{Labels.LongLength:N0} labels for {pixels:N0} pixels");
        int most = Labels.DefaultIfEmpty((byte)0).Max();
        if (most > Classes) problems.Add($"the label {most}, of {Classes} named classes");
        if (Wavelengths is { } all && all.Length != Bands) problems.Add($"{all.Length} wavelengths for {Bands} bands");
        if (SourceBands.Length != Bands) problems.Add($"{SourceBands.Length} source bands for {Bands} bands");
        if (DisplayBands.Length != 3 || DisplayBands.Any(band => band < 0 || band >= Bands))
            problems.Add($"the display bands {string.Join(", ", DisplayBands)}, of {Bands}");
        if (problems.Count > 0) throw new ArgumentException($"The scene '{Name}' does not fit together: {string.Join("; ", problems)}.");
    }
}
