namespace SegLstm.Data.Rasters;

/// <summary>Why a raster was refused.</summary>
public enum RasterError
{
    /// <summary>The name is no plain path: a virtual file system, a URL, a driver prefix or inline XML.</summary>
    ForbiddenName,

    /// <summary>The file has no bytes (or is a device or a pipe).</summary>
    Empty,

    /// <summary>No driver of the allow-list recognises the file.</summary>
    UnknownFormat,

    /// <summary>The header is recognised and broken, or declares what cannot be.</summary>
    BadHeader,

    /// <summary>A band holds complex or otherwise unsupported samples.</summary>
    UnsupportedType,

    /// <summary>More memory would be needed than <see cref="RasterLimits.MaxBytes"/> allows.</summary>
    TooLarge,

    /// <summary>The file is implausibly small for the image that it declares.</summary>
    ImplausibleSize,

    /// <summary>The window does not lie within the image.</summary>
    BadWindow,

    /// <summary>The values do not fit the wanted type.</summary>
    Narrowing,

    /// <summary>Samples are missing or damaged: a truncated or corrupt file.</summary>
    Damaged,

    /// <summary>The file could not be written.</summary>
    WriteFailed,

    /// <summary>GDAL's library was not found or is too old.</summary>
    NoGdal,
}
