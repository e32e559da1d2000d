namespace SegLstm.Data.Rasters;

/// <summary>Encodes pictures in memory with GDAL: a MEM data set, copied into a /vsimem file that is taken over and unlinked.</summary>
internal static unsafe class ImageEncoder
{
    /// <summary>Encodes planar samples.</summary>
    /// <param name="driver">PNG or JPEG.</param>
    /// <param name="planes">bands x height x width, uint8, band after band.</param>
    /// <param name="bands">1 (grey or palette), 2 (grey, alpha), 3 (RGB) or 4 (RGBA).</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="colors">The palette, for one band.</param>
    /// <param name="options">The driver's creation options.</param>
    /// <exception cref="RasterException">GDAL cannot encode it.</exception>
    internal static byte[] Encode(
        string driver, ReadOnlySpan<byte> planes, int bands, int height, int width, IReadOnlyList<Rgb>? colors, params string[] options)
    {
        new RasterSpec { Bands = bands, Height = height, Width = width, ColorTable = colors }.Validate();
        if (planes.Length != (long)bands * height * width)
            throw new ArgumentException($"{planes.Length:N0} samples for {bands} bands of {width}x{height}.", nameof(planes));
        using var call = new GdalCall();
        using var source = GdalImports.GDALCreate(GdalImports.GDALGetDriverByName("MEM"), "", width, height, bands, 1, null);
        if (source.IsInvalid)
            throw Failed(driver, call);
        if (colors is not null)
        {
            using var table = ColorTableHandle.Of(colors);
            _ = GdalImports.GDALSetRasterColorTable(GdalImports.GDALGetRasterBand(source, 1), table);
        }

        fixed (byte* buffer = planes)
        {
            if (GdalImports.GDALDatasetRasterIOEx(source, 1, 0, 0, width, height, buffer, width, height, 1, bands, null, 0, 0, 0, null) >= 3)
                throw Failed(driver, call);
        }

        string name = $"/vsimem/{Guid.NewGuid():N}";
        try
        {
            using (var list = new CStrings(options))
            using (var encoded = GdalImports.GDALCreateCopy(GdalImports.GDALGetDriverByName(driver), name, source, 1, list.Pointer, 0, 0))
            {
                if (encoded.IsInvalid || call.Failures.Count > 0)
                    throw Failed(driver, call);
            }

            ulong length;
            byte* bytes = GdalImports.VSIGetMemFileBuffer(name, &length, 0);
            return bytes is null ? throw Failed(driver, call) : new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
        }
        finally
        {
            _ = GdalImports.VSIUnlink(name);
            _ = GdalImports.VSIUnlink(name + ".aux.xml");
        }
    }

    private static RasterException Failed(string driver, GdalCall call) =>
        new(RasterError.WriteFailed, $"The picture cannot be encoded as {driver}: {call.Words("GDAL gave no reason")}.");
}
