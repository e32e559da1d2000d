using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Rasters;

namespace SegLstm.Data.Hyperspectral.Windows;

/// <summary>
/// The rows of an ENVI or GeoTIFF file, read as they are asked for. Pixels whose every band is the file's "no data" value read as
/// NaN, so that none is taken for a spectrum.
/// </summary>
public sealed class RasterRows : HyperspectralRows
{
    private readonly Raster _raster;
    private readonly bool _ownsRaster;
    private readonly int[] _bands;
    private readonly object _gate = new();
    private float[] _planes = [];

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bands">Which of its bands, from 0, ascending, such as a cleaned scene's source bands; null for all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="RasterException">It cannot be read.</exception>
    /// <exception cref="ArgumentException">Bands that are not there.</exception>
    public RasterRows(string path, IReadOnlyList<int>? bands = null)
        : this(Raster.Open(path), ownsRaster: true, bands)
    {
    }

    internal RasterRows(Raster raster, bool ownsRaster, IReadOnlyList<int>? bands = null)
    {
        (_raster, _ownsRaster) = (raster, ownsRaster);
        _bands = bands is null ? [.. Enumerable.Range(0, raster.Bands)] : [.. bands];
        if (_bands.Length == 0 || _bands.Any(band => band < 0 || band >= raster.Bands))
        {
            Dispose();
            throw new ArgumentException(
                $"'{raster.Path}' has bands 0 to {raster.Bands - 1}; asked for {string.Join(", ", _bands)}.", nameof(bands));
        }
    }

    /// <inheritdoc/>
    public override string Name => Path.GetFileNameWithoutExtension(_raster.Path);

    /// <inheritdoc/>
    public override int Height => _raster.Height;

    /// <inheritdoc/>
    public override int Width => _raster.Width;

    /// <inheritdoc/>
    public override int Bands => _bands.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<double>? Wavelengths => _raster.Wavelengths is { } all ? [.. _bands.Select(band => all[band])] : null;

    /// <summary>The map from pixels to map coordinates, or null.</summary>
    public GeoTransform? GeoTransform => _raster.GeoTransform;

    /// <summary>The coordinate system as WKT, or empty.</summary>
    public string Projection => _raster.Projection;

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_ownsRaster) _raster.Dispose();
        base.Dispose();
    }

    private protected override void Fill(int firstRow, int rows, Span<float> samples)
    {
        lock (_gate)
        {
            int pixels = rows * Width, all = _raster.Bands;
            if (_planes.Length < pixels * all) _planes = new float[pixels * all];
            Span<float> planes = _planes.AsSpan(0, pixels * all);
            _raster.Read(new Window(0, firstRow, Width, rows), planes);
            if (_raster.NoData is { } missing) Blank(planes, pixels, (float)missing);
            if (_bands.Length == all)
            {
                Interleaved.ByPixel(planes, all, pixels, samples);
                return;
            }

            for (int band = 0; band < _bands.Length; band++)
            {
                for (int pixel = 0; pixel < pixels; pixel++) samples[(pixel * _bands.Length) + band] = planes[(_bands[band] * pixels) + pixel];
            }
        }
    }

    private static void Blank(Span<float> planes, int pixels, float missing)
    {
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            bool isMissing = true;
            for (int at = pixel; at < planes.Length && isMissing; at += pixels) isMissing = planes[at] == missing;
            for (int at = pixel; at < planes.Length && isMissing; at += pixels) planes[at] = float.NaN;
        }
    }
}
