namespace SegLstm.Data.Rasters;

/// <summary>What a raster to be written declares: its size, its samples, and where on the map it lies.</summary>
public sealed record RasterSpec
{
    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Number of bands.</summary>
    public int Bands { get; init; } = 1;

    /// <summary>How samples are stored.</summary>
    public SampleType Type { get; init; } = SampleType.UInt8;

    /// <summary>The map from pixels to map coordinates, or null.</summary>
    public GeoTransform? GeoTransform { get; init; }

    /// <summary>The coordinate system as WKT, or empty.</summary>
    public string Projection { get; init; } = "";

    /// <summary>The value that means "no data", in every band, or null.</summary>
    public double? NoData { get; init; }

    /// <summary>The colour of each value: one band of uint8 (at most 256 entries) or uint16 only.</summary>
    public IReadOnlyList<Rgb>? ColorTable { get; init; }

    /// <summary>The name of each value of the first band. GDAL keeps them in a side-car file NAME.aux.xml.</summary>
    public IReadOnlyList<string>? CategoryNames { get; init; }

    /// <summary>One name a band.</summary>
    public IReadOnlyList<string>? BandNames { get; init; }

    /// <summary>The centre of each band in nanometres, or null.</summary>
    public IReadOnlyList<double>? Wavelengths { get; init; }

    /// <summary>Checks the parts against each other.</summary>
    /// <exception cref="ArgumentException">All that is wrong, at once.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        if (Width < 1 || Height < 1 || Bands < 1)
            problems.Add($"size {Bands}x{Height}x{Width} is empty");
        if (ColorTable is { } table)
        {
            if (Bands != 1 || Type is not (SampleType.UInt8 or SampleType.UInt16))
                problems.Add($"a colour table needs one band of UInt8 or UInt16, not {Bands} of {Type}");
            else if (table.Count == 0 || table.Count > (Type == SampleType.UInt8 ? 256 : 65_536))
                problems.Add($"a colour table of {table.Count} entries does not fit {Type}");
        }

        if (BandNames is { } names && names.Count != Bands)
            problems.Add($"{names.Count} band names for {Bands} bands");
        if (Wavelengths is { } wavelengths && wavelengths.Count != Bands)
            problems.Add($"{wavelengths.Count} wavelengths for {Bands} bands");
        if (problems.Count > 0)
            throw new ArgumentException("This raster cannot be written: " + string.Join("; ", problems) + ".");
    }
}
