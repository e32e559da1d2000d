namespace SegLstm.Data.Rasters;

/// <summary>
/// A raster on another grid: GDAL's warped data set in memory over the open file, which computes what is read and nothing else.
/// Bilinear; where pixels become larger, of all that they cover.
/// </summary>
internal sealed unsafe class WarpedRaster : IPixelSource, IDisposable
{
    private const int Bilinear = 1;

    // What gdalwarp allows: an eighth of a pixel.
    private const double MaxError = 0.125;

    private readonly Raster _source;
    private readonly DatasetHandle _warped;

    private WarpedRaster(
        Raster source, IReadOnlyList<int> bands, DatasetHandle warped, int width, int height, GeoTransform grid, string wkt)
    {
        (_source, Bands, _warped, Width, Height, GeoTransform, Projection) = (source, bands, warped, width, height, grid, wkt);
    }

    /// <inheritdoc />
    public int Width { get; }

    /// <inheritdoc />
    public int Height { get; }

    /// <inheritdoc />
    public IReadOnlyList<int> Bands { get; }

    /// <inheritdoc />
    public GeoTransform? GeoTransform { get; }

    /// <inheritdoc />
    public string Projection { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Files => [_source.Path];

    /// <summary>The rectangle that a raster covers in another coordinate system, and the pixels that GDAL would give it.</summary>
    /// <exception cref="RasterException">There is no way from one system to the other.</exception>
    internal static MapExtent Extent(Raster source, string wkt)
    {
        using var call = new GdalCall();
        nint transformer = Transformer(source, wkt, call);
        try
        {
            double* transform = stackalloc double[6], extent = stackalloc double[4];
            int width, height;
            if (GdalImports.GDALSuggestedWarpOutput2(source.Dataset, GdalLibrary.Export("GDALGenImgProjTransform"), transformer, transform,
                &width, &height, extent, 0) >= 3)
            {
                throw Failed(source, call);
            }

            return new MapExtent(extent[0], extent[1], extent[2], extent[3], transform[1]);
        }
        finally
        {
            GdalImports.GDALDestroyTransformer(transformer);
        }
    }

    /// <summary>Lays a raster on a grid.</summary>
    /// <param name="source">Stays the caller's, open for as long as this is.</param>
    /// <param name="bands">From 0.</param>
    /// <param name="width">Columns of the grid.</param>
    /// <param name="height">Rows of the grid.</param>
    /// <param name="grid">From its pixels to map coordinates.</param>
    /// <param name="wkt">Its coordinate system.</param>
    /// <exception cref="RasterException">There is no way from the file's system to this one.</exception>
    internal static WarpedRaster Create(Raster source, IReadOnlyList<int> bands, int width, int height, GeoTransform grid, string wkt)
    {
        source.RequireAllBlocks();
        using var call = new GdalCall();
        nint exact = Transformer(source, wkt, call);
        GdalWarpOptions* options = GdalImports.GDALCreateWarpOptions();
        try
        {
            DatasetHandle warped;
            fixed (double* numbers = grid.ToArray())
            {
                GdalImports.GDALSetGenImgProjTransformerDstGeoTransform(exact, numbers);
                nint approximate = GdalImports.GDALCreateApproxTransformer(GdalLibrary.Export("GDALGenImgProjTransform"), exact, MaxError);
                GdalImports.GDALApproxTransformerOwnsSubtransformer(approximate, 1);
                Describe(options, source, bands, approximate);
                warped = GdalImports.GDALCreateWarpedVRT(source.Dataset, width, height, numbers, options);
            }

            return warped.IsInvalid ? throw Failed(source, call) : new WarpedRaster(source, bands, warped, width, height, grid, wkt);
        }
        finally
        {
            GdalImports.GDALDestroyWarpOptions(options);
        }
    }

    /// <inheritdoc />
    public void Read(Window window, Span<float> samples, Span<bool> missing)
    {
        byte[] alpha = new byte[missing.Length];
        using var call = new GdalCall();
        int status;
        fixed (float* values = samples)
        fixed (byte* opacity = alpha)
        {
            status = GdalImports.GDALDatasetRasterIOEx(
                _warped, 0, window.X, window.Y, window.Width, window.Height, values, window.Width, window.Height,
                SampleType.Float32.ToGdal(), Bands.Count, null, 0, 0, 0, null);
            if (status < 3)
            {
                status = GdalImports.GDALRasterIOEx(
                    GdalImports.GDALGetRasterBand(_warped, Bands.Count + 1), 0, window.X, window.Y, window.Width, window.Height, opacity,
                    window.Width, window.Height, SampleType.UInt8.ToGdal(), 0, 0, null);
            }
        }

        if (status >= 3 || call.Damage() is not null)
        {
            throw new RasterException(
                RasterError.Damaged,
                $"'{_source.Path}' is damaged, or cannot be brought to the common grid: {call.Damage() ?? call.Words("no reason given")} "
                + $"(at {window} of it).");
        }

        RasterBands.FindMissing(samples, null, missing);
        for (int i = 0; i < alpha.Length; i++) missing[i] |= alpha[i] == 0;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        using var call = new GdalCall();
        _warped.Dispose();
    }

    private static nint Transformer(Raster source, string wkt, GdalCall call)
    {
        // Ground control points and the like are left alone: a transform from pixels to the map is what a raster must have.
        using var options = new CStrings($"SRC_SRS={source.Projection}", $"DST_SRS={wkt}", "SRC_METHOD=GEOTRANSFORM");
        nint transformer = GdalImports.GDALCreateGenImgProjTransformer2(source.Dataset, 0, options.Pointer);
        return transformer != 0 ? transformer : throw Failed(source, call);
    }

    private static void Describe(GdalWarpOptions* options, Raster source, IReadOnlyList<int> bands, nint transformer)
    {
        options->Options = GdalImports.CSLSetNameValue(null, "INIT_DEST", "0");
        options->Options = GdalImports.CSLSetNameValue(options->Options, "UNIFIED_SRC_NODATA", "YES");
        options->Resampling = Bilinear;
        options->Source = source.Dataset.DangerousGetHandle();
        options->BandCount = bands.Count;
        options->SourceBands = (int*)GdalImports.VSIMalloc((nuint)(bands.Count * sizeof(int)));
        options->DestinationBands = (int*)GdalImports.VSIMalloc((nuint)(bands.Count * sizeof(int)));
        for (int i = 0; i < bands.Count; i++) (options->SourceBands[i], options->DestinationBands[i]) = (bands[i] + 1, i + 1);
        options->SourceAlphaBand = source.AlphaBand is { } alpha ? alpha + 1 : 0;
        options->DestinationAlphaBand = bands.Count + 1;
        if (source.NoData is { } noData)
        {
            options->SourceNoDataReal = (double*)GdalImports.VSIMalloc((nuint)(bands.Count * sizeof(double)));
            new Span<double>(options->SourceNoDataReal, bands.Count).Fill(noData);
        }

        options->Transformer = GdalLibrary.Export("GDALApproxTransform");
        options->TransformerArgument = transformer;
    }

    private static RasterException Failed(Raster source, GdalCall call) => new(
        RasterError.BadHeader,
        $"'{source.Path}' cannot be brought to the common grid: {call.Words("GDAL gave no reason")}. Look at its coordinate system with "
        + "gdalinfo, or choose another with --crs.");
}
