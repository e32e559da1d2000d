namespace SegLstm.Data.Rasters;

/// <summary>A raster that cannot be read or written, with GDAL's own words where it said any.</summary>
public sealed class RasterException : IOException
{
    /// <summary>An error of a raster file.</summary>
    /// <param name="error">What kind of error.</param>
    /// <param name="message">What was expected, what was met, where, and what to do.</param>
    public RasterException(RasterError error, string message)
        : base(message) => Error = error;

    /// <summary>The kind of error.</summary>
    public RasterError Error { get; }
}
