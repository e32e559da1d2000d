namespace SegLstm.Data.Rasters;

/// <summary>
/// Several rasters as one, of any grids, coordinate systems and resolutions: each is warped while it is read, in memory, to a common
/// grid. Where rasters overlap, the first that has a pixel gives it.
/// </summary>
/// <remarks>The common grid has the coordinate system and the pixels of the first raster, whose rows and columns go on to all sides, as
/// far as any raster reaches; a raster that lies on it already is read as it is. Bands with the same number stand for the same
/// thing.</remarks>
public sealed class RasterMosaic : IPixelSource, IDisposable
{
    // What is rounding in files: positions in pixels, and sizes of pixels over the whole raster.
    private const double Tolerance = 1e-3;

    private readonly IReadOnlyList<Raster> _rasters;
    private readonly List<(Window Place, IPixelSource Pixels)> _parts = [];
    private readonly object _gate = new();

    /// <summary>Lays rasters on a common grid.</summary>
    /// <param name="rasters">The first on top; stay the caller's, open for as long as this is.</param>
    /// <param name="bands">Bands of each, from 0, in the order wanted.</param>
    /// <param name="epsg">Number of the coordinate system, or null for the first raster's.</param>
    /// <param name="resolution">Side of a pixel in units of the coordinate system, or null for the first raster's.</param>
    /// <exception cref="ArgumentException">There is no raster, or one has no such band.</exception>
    /// <exception cref="RasterException">A raster has no georeferencing, or cannot be brought to the grid.</exception>
    public RasterMosaic(IReadOnlyList<Raster> rasters, IReadOnlyList<int> bands, int? epsg = null, double? resolution = null)
    {
        if (rasters.Count == 0) throw new ArgumentException("A mosaic needs at least one raster.", nameof(rasters));
        (_rasters, Bands) = (rasters, bands);
        foreach (Raster raster in rasters) RequirePlace(raster);
        Projection = epsg is { } code ? SpatialReferenceHandle.WktOfEpsg(code) : rasters[0].Projection;
        var extents = rasters.Select(raster => IsAlready(raster) ? Extent(raster) : WarpedRaster.Extent(raster, Projection)).ToArray();
        GeoTransform grid = Grid(rasters[0], extents[0], resolution);
        // The grid goes on from its origin to the left and top that any raster reaches, by whole pixels.
        double left = Math.Floor(((extents.Min(e => e.Left) - grid.OriginX) / grid.PixelWidth) + Tolerance);
        double top = Math.Floor(((extents.Max(e => e.Top) - grid.OriginY) / grid.PixelHeight) + Tolerance);
        grid = grid.Shift(left, top);
        GeoTransform = grid;
        Width = Count((extents.Max(e => e.Right) - grid.OriginX) / grid.PixelWidth);
        Height = Count((extents.Min(e => e.Bottom) - grid.OriginY) / grid.PixelHeight);
        try
        {
            foreach ((Raster raster, MapExtent extent) in rasters.Zip(extents)) _parts.Add(Place(raster, extent, grid));
        }
        catch
        {
            Dispose();
            throw;
        }
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

    /// <summary>What the coordinate system is called.</summary>
    public string ProjectionName => SpatialReferenceHandle.NameOf(Projection);

    /// <inheritdoc />
    public IReadOnlyList<string> Files => [.. _rasters.Select(raster => raster.Path)];

    /// <summary>How many of the rasters are not on the common grid by themselves.</summary>
    public int Warped => _parts.Count(part => part.Pixels is WarpedRaster);

    /// <inheritdoc />
    public void Read(Window window, Span<float> samples, Span<bool> missing)
    {
        samples.Clear();
        missing.Fill(true);
        lock (_gate)
        {
            foreach ((Window place, IPixelSource pixels) in _parts)
            {
                int x = Math.Max(window.X, place.X), y = Math.Max(window.Y, place.Y);
                int w = Math.Min(window.X + window.Width, place.X + place.Width) - x;
                int h = Math.Min(window.Y + window.Height, place.Y + place.Height) - y;
                if (w <= 0 || h <= 0 || !missing.Contains(true)) continue;
                Lay(pixels, new Window(x - place.X, y - place.Y, w, h), x - window.X, y - window.Y, window, samples, missing);
            }
        }
    }

    /// <summary>Gives the warped data sets up; the rasters stay open.</summary>
    public void Dispose()
    {
        foreach (var part in _parts) (part.Pixels as IDisposable)?.Dispose();
    }

    // Where nothing lies yet, what this one has.
    private void Lay(IPixelSource pixels, Window part, int left, int top, Window window, Span<float> samples, Span<bool> missing)
    {
        int count = part.Width * part.Height, plane = window.Width * window.Height;
        float[] own = new float[Bands.Count * count];
        bool[] gaps = new bool[count];
        pixels.Read(part, own, gaps);
        for (int i = 0; i < count; i++)
        {
            int at = ((top + (i / part.Width)) * window.Width) + left + (i % part.Width);
            if (gaps[i] || !missing[at]) continue;
            missing[at] = false;
            for (int band = 0; band < Bands.Count; band++) samples[(band * plane) + at] = own[(band * count) + i];
        }
    }

    private (Window, IPixelSource) Place(Raster raster, MapExtent extent, GeoTransform grid)
    {
        double x = (extent.Left - grid.OriginX) / grid.PixelWidth, y = (extent.Top - grid.OriginY) / grid.PixelHeight;
        GeoTransform own = raster.GeoTransform!.Value;
        if (IsAlready(raster) && IsSame(own.PixelWidth, grid.PixelWidth, raster.Width)
            && IsSame(own.PixelHeight, grid.PixelHeight, raster.Height)
            && Math.Abs(x - Math.Round(x)) < Tolerance && Math.Abs(y - Math.Round(y)) < Tolerance)
        {
            return (new Window((int)Math.Round(x), (int)Math.Round(y), raster.Width, raster.Height), new RasterBands(raster, Bands));
        }

        _ = new RasterBands(raster, Bands);
        int left = Math.Clamp((int)Math.Floor(x), 0, Width - 1), top = Math.Clamp((int)Math.Floor(y), 0, Height - 1);
        int right = Math.Clamp(Count((extent.Right - grid.OriginX) / grid.PixelWidth), left + 1, Width);
        int bottom = Math.Clamp(Count((extent.Bottom - grid.OriginY) / grid.PixelHeight), top + 1, Height);
        return (new Window(left, top, right - left, bottom - top),
            WarpedRaster.Create(raster, Bands, right - left, bottom - top, grid.Shift(left, top), Projection));
    }

    private bool IsAlready(Raster raster) => raster.GeoTransform is { RowRotation: 0, ColumnRotation: 0, PixelWidth: > 0, PixelHeight: < 0 }
        && SpatialReferenceHandle.AreSame(raster.Projection, Projection);

    private static bool IsSame(double one, double other, int pixels) => Math.Abs((one / other) - 1) * pixels < Tolerance;

    private static MapExtent Extent(Raster raster)
    {
        GeoTransform own = raster.GeoTransform!.Value;
        var (right, bottom) = own.Apply(raster.Width, raster.Height);
        return new MapExtent(own.OriginX, bottom, right, own.OriginY, own.PixelWidth);
    }

    private GeoTransform Grid(Raster first, MapExtent extent, double? resolution)
    {
        if (IsAlready(first) && resolution is null) return first.GeoTransform!.Value;
        double pixel = resolution ?? extent.Pixel;
        return new GeoTransform(extent.Left, pixel, 0, extent.Top, 0, -pixel);
    }

    private static int Count(double pixels)
    {
        double count = Math.Ceiling(pixels - Tolerance);
        return count is >= 1 and < int.MaxValue ? (int)count : throw new RasterException(
            RasterError.TooLarge,
            $"The common grid would have {count:0.##e+0} rows or columns: choose a coarser --resolution, or leave out what lies far off.");
    }

    private static void RequirePlace(Raster raster)
    {
        if (raster.GeoTransform is null || raster.Projection.Length == 0)
        {
            throw new RasterException(
                RasterError.BadHeader,
                $"'{raster.Path}' has no {(raster.GeoTransform is null ? "place on the map" : "coordinate system")}: a mosaic needs one. "
                + "Give it with gdal_translate -a_srs and -a_ullr.");
        }

        if (!GdalLibrary.HasInt8 && raster.BandTypes.Contains(SampleType.Int8))
        {
            throw new RasterException(
                RasterError.UnsupportedType,
                $"'{raster.Path}' has signed bytes, which this GDAL does not warp: convert it with gdal_translate -ot Int16.");
        }
    }
}
