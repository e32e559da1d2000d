namespace SegLstm.Data.Rasters;

/// <summary>
/// What an untrusted raster may ask for. Checked against the header before memory is taken; a scene may be larger than
/// <see cref="MaxBytes"/> as long as each window that is read is not.
/// </summary>
public sealed record RasterLimits
{
    /// <summary>2 GiB a read, 4096 bands, 1000:1, no missing blocks.</summary>
    public static RasterLimits Default { get; } = new();

    /// <summary>Most bytes that one read may take (width x height x bands x bytes a sample), and most bytes of one block of the file.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>Most bands. Imaging spectrometers have some hundreds.</summary>
    public int MaxBands { get; init; } = 4096;

    /// <summary>Largest allowed ratio of the declared image's size to the file's size. Deflate reaches 1032:1 at most, on constant images.</summary>
    public double MaxExpansion { get; init; } = 1000;

    /// <summary>
    /// Whether blocks that the file leaves out ("sparse" GeoTIFFs) read as zeros. Off by default, so that an unfinished file is
    /// an error and not a half-empty image.
    /// </summary>
    public bool AllowMissingBlocks { get; init; }
}
