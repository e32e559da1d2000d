using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Rasters;

/// <summary>
/// A raster file open for reading: GeoTIFF (COG, BigTIFF), PNG, JPEG, ENVI or Erdas Imagine. Opening reads the header only; windows
/// are read when asked for, so a scene may be larger than memory. One thread reads at a time; others wait.
/// </summary>
/// <remarks>
/// The file is not trusted: see <see cref="RasterLimits"/>. Network files, virtual rasters and all other drivers are refused.
/// </remarks>
public sealed class Raster : IDisposable
{
    private readonly DatasetHandle _dataset;
    private readonly RasterHeader _header;
    private readonly RasterLimits _limits;
    private readonly object _gate = new();
    private int? _maskFlags;

    private Raster(string path, DatasetHandle dataset, RasterHeader header, RasterLimits limits)
    {
        Path = path;
        _dataset = dataset;
        _header = header;
        _limits = limits;
    }

    /// <summary>Most bytes of decoded blocks that GDAL keeps, for all files of the process together. 256 MiB at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 MiB.</exception>
    public static long BlockCacheBytes
    {
        get
        {
            using var call = new GdalCall();
            return GdalImports.GDALGetCacheMax64();
        }

        set
        {
            // Small numbers mean megabytes to GDAL.
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1 << 20);
            using var call = new GdalCall();
            GdalImports.GDALSetCacheMax64(value);
        }
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>GDAL's short name of the format: GTiff, PNG, JPEG, ENVI, HFA.</summary>
    public string Format => _header.Driver;

    /// <summary>Columns.</summary>
    public int Width => _header.Width;

    /// <summary>Rows.</summary>
    public int Height => _header.Height;

    /// <summary>Number of bands.</summary>
    public int Bands => _header.Types.Count;

    /// <summary>The whole image.</summary>
    public Window Extent => new(0, 0, Width, Height);

    /// <summary>How the samples of each band are stored.</summary>
    public IReadOnlyList<SampleType> BandTypes => _header.Types;

    /// <summary>The name of each band, empty where it has none.</summary>
    public IReadOnlyList<string> BandNames => _header.BandNames;

    /// <summary>The map from pixels to map coordinates, or null where the file has none.</summary>
    public GeoTransform? GeoTransform => _header.Transform;

    /// <summary>The coordinate system as WKT, empty where the file has none.</summary>
    public string Projection => _header.Projection;

    /// <summary>The value of the first band that means "no data", or null.</summary>
    public double? NoData => _header.NoData;

    /// <summary>
    /// The colour of each value of the first band, or null. TIFF stores 256 entries for 8-bit bands: those that were never given
    /// read as black.
    /// </summary>
    public IReadOnlyList<Rgb>? ColorTable => _header.ColorTable;

    /// <summary>The name of each value of the first band, or null.</summary>
    public IReadOnlyList<string>? CategoryNames => _header.CategoryNames;

    /// <summary>The centre of each band in nanometres, from ENVI headers and what GDAL makes of them; null where not all are given.</summary>
    public IReadOnlyList<double>? Wavelengths => _header.Spectral.Wavelengths;

    /// <summary>Bands, from 0, that the file itself calls bad (ENVI's "bbl").</summary>
    public IReadOnlyList<int> BadBands => _header.Spectral.BadBands;

    /// <summary>The bands, from 0, that the file wants shown as red, green and blue (ENVI's "default bands"), or null.</summary>
    public IReadOnlyList<int>? DefaultBands => _header.Spectral.DefaultBands;

    /// <summary>The band, from 0, that says how opaque pixels are, or null.</summary>
    public int? AlphaBand => _header.AlphaBand;

    /// <summary>Whether a mask of the file (or of NAME.msk beside it) or an alpha band says where pixels are.</summary>
    /// <exception cref="RasterException">The mask is refused.</exception>
    public bool HasMask
    {
        get
        {
            const int wholeDataset = 0x02;
            lock (_gate)
                return ((_maskFlags ??= ReadMaskFlags()) & wholeDataset) != 0;
        }
    }

    /// <summary>What GDAL found odd in the header and read nevertheless.</summary>
    public IReadOnlyList<string> Warnings => _header.Warnings;

    /// <summary>Opens a raster and reads its header.</summary>
    /// <param name="path">A plain path.</param>
    /// <param name="limits">What the file may ask for; null for <see cref="RasterLimits.Default"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="RasterException">The file is refused; <see cref="RasterException.Error"/> says why.</exception>
    public static unsafe Raster Open(string path, RasterLimits? limits = null)
    {
        limits ??= RasterLimits.Default;
        var (full, length) = RasterPath.Readable(path);
        TiffDirectory.Check(path, full, limits);
        PngChunks.Check(path, full, length);
        using var call = new GdalCall();
        using var drivers = new CStrings(GdalLibrary.Readable);
        const uint readRaster = 0x02, reportErrors = 0x40;
        var dataset = GdalImports.GDALOpenEx(full, readRaster | reportErrors, drivers.Pointer, null, null);
        if (dataset.IsInvalid)
        {
            dataset.Dispose();
            bool unknown = call.Failures.All(m => m.Contains("not recognized", StringComparison.Ordinal));
            throw new RasterException(
                unknown ? RasterError.UnknownFormat : RasterError.BadHeader,
                $"'{path}' ({length:N0} bytes) cannot be opened as {string.Join(", ", GdalLibrary.Readable)}: "
                + call.Words("the format is not recognised") + ".");
        }

        try
        {
            TiffDirectory.CheckCount(path, (ulong)GdalImports.GDALGetRasterCount(dataset), limits);
            var header = RasterHeader.Read(dataset, path, call);
            header.Check(path, full, length, limits);
            return new Raster(full, dataset, header, limits);
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <summary>Reads a window of all bands.</summary>
    /// <param name="window">The window, or null for the whole image.</param>
    /// <param name="dtype">
    /// The type wanted, which must hold the stored values' range; null for the stored type, or the smallest torch type that holds it
    /// (uint16 becomes int32, uint32 int64).
    /// </param>
    /// <returns>A new CPU tensor (bands, height, width).</returns>
    /// <exception cref="RasterException">Outside the image, too large, narrowing, or the file is damaged.</exception>
    public Tensor Read(Window? window = null, ScalarType? dtype = null)
    {
        var part = window ?? Extent;
        ScalarType wanted = dtype ?? SampleTypes.Union(BandTypes).ToTorch();
        SampleType type = SampleTypes.FromTorch(wanted) ?? throw new RasterException(
            RasterError.Narrowing, $"'{Path}' cannot be read as {wanted}: ask for an integer type, Float32 or Float64.");
        CheckRead(part, type);
        var tensor = empty(Bands, part.Height, part.Width, dtype: wanted);
        try
        {
            ReadRaw(part, tensor.bytes, type);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads a window of all bands into memory that the caller gives.</summary>
    /// <typeparam name="T">byte, sbyte, ushort, short, uint, int, long, float or double; must hold the stored values' range.</typeparam>
    /// <param name="window">The window.</param>
    /// <param name="destination">bands x height x width values, band after band, row after row.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="RasterException">Outside the image, too large, narrowing, or the file is damaged.</exception>
    public void Read<T>(Window window, Span<T> destination)
        where T : unmanaged
    {
        SampleType type = SampleTypes.Of<T>();
        CheckRead(window, type);
        long count = (long)Bands * window.Width * window.Height;
        if (destination.Length != count)
            throw new ArgumentException($"{Bands} bands of {window} are {count:N0} values; the destination has {destination.Length:N0}.");
        ReadRaw(window, System.Runtime.InteropServices.MemoryMarshal.AsBytes(destination), type);
    }

    /// <summary>Reads a window of some bands into memory that the caller gives.</summary>
    /// <typeparam name="T">As for <see cref="Read{T}(Window, Span{T})"/>.</typeparam>
    /// <param name="window">The window.</param>
    /// <param name="destination">bands x height x width values, band after band, row after row.</param>
    /// <param name="bands">From 0, in the order wanted.</param>
    /// <exception cref="ArgumentException">The destination has another length, or there is no such band.</exception>
    /// <exception cref="RasterException">Outside the image, too large, narrowing, or the file is damaged.</exception>
    public void Read<T>(Window window, Span<T> destination, IReadOnlyList<int> bands)
        where T : unmanaged
    {
        SampleType type = SampleTypes.Of<T>();
        CheckRead(window, type, bands.Count);
        if (destination.Length != (long)bands.Count * window.Width * window.Height)
            throw new ArgumentException($"{bands.Count} bands of {window} do not fit a destination of {destination.Length:N0} values.");
        if (bands.Any(band => band < 0 || band >= Bands))
            throw new ArgumentException($"'{Path}' has bands 0 to {Bands - 1}, got {string.Join(", ", bands)}.", nameof(bands));
        int[] numbers = [.. bands.Select(band => band + 1)];
        ReadRaw(window, System.Runtime.InteropServices.MemoryMarshal.AsBytes(destination), type, numbers);
    }

    /// <summary>Reads where pixels are, of a raster that <see cref="HasMask"/>.</summary>
    /// <param name="window">The window.</param>
    /// <param name="destination">height x width values: 0 where there is no pixel.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="RasterException">Outside the image, or the mask is damaged.</exception>
    public unsafe void ReadMask(Window window, Span<byte> destination)
    {
        CheckRead(window, SampleType.UInt8, 1, isMask: true);
        if (destination.Length != (long)window.Width * window.Height)
            throw new ArgumentException($"A mask of {window} does not fit a destination of {destination.Length:N0} values.");
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
            using var call = new GdalCall();
            int status;
            fixed (byte* buffer = destination)
            {
                status = GdalImports.GDALRasterIOEx(
                    GdalImports.GDALGetMaskBand(GdalImports.GDALGetRasterBand(_dataset, 1)), 0, window.X, window.Y, window.Width,
                    window.Height, buffer, window.Width, window.Height, SampleType.UInt8.ToGdal(), 0, 0, null);
            }

            ThrowIfDamaged(status, call, window);
        }
    }

    /// <summary>Reads a window of all bands into a new array, band after band, row after row.</summary>
    /// <typeparam name="T">As for <see cref="Read{T}(Window, Span{T})"/>.</typeparam>
    /// <param name="window">The window, or null for the whole image.</param>
    /// <exception cref="RasterException">Outside the image, too large, narrowing, or the file is damaged.</exception>
    public T[] ReadArray<T>(Window? window = null)
        where T : unmanaged
    {
        var part = window ?? Extent;
        CheckRead(part, SampleTypes.Of<T>());
        var values = new T[(long)Bands * part.Width * part.Height];
        Read(part, values.AsSpan());
        return values;
    }

    /// <summary>The open data set, for GDAL's warper; stays this raster's.</summary>
    internal DatasetHandle Dataset => _dataset;

    /// <summary>Refuses a file that leaves out blocks anywhere, for readers that do not ask window by window.</summary>
    /// <exception cref="RasterException">A block is missing.</exception>
    internal void RequireAllBlocks()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
            using var call = new GdalCall();
            if (!_limits.AllowMissingBlocks)
                _header.CheckBlocks(_dataset, Path, Extent);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
            _dataset.Dispose();
    }

    private void CheckRead(Window window, SampleType type, int? bands = null, bool isMask = false)
    {
        if (!window.IsWithin(Width, Height))
            throw new RasterException(RasterError.BadWindow, $"The window {window} does not lie within '{Path}', which is {Width}x{Height}.");
        if (!isMask)
            _header.CheckConversion(Path, type);
        RasterHeader.CheckMemory(Path, window.Width, window.Height, bands ?? Bands, type, _limits);
    }

    private unsafe int ReadMaskFlags()
    {
        ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
        using var call = new GdalCall();
        nint band = GdalImports.GDALGetRasterBand(_dataset, 1);
        int flags = GdalImports.GDALGetMaskFlags(band), width, height;
        GdalImports.GDALGetBlockSize(GdalImports.GDALGetMaskBand(band), &width, &height);
        RasterHeader.CheckMemory(Path + " (its mask)", width, height, 1, SampleType.UInt8, _limits);
        return flags;
    }

    // Bands from 1; null for all.
    private unsafe void ReadRaw(Window window, Span<byte> destination, SampleType type, int[]? bands = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
            using var call = new GdalCall();
            if (!_limits.AllowMissingBlocks)
                _header.CheckBlocks(_dataset, Path, window);
            int status;
            fixed (byte* buffer = destination)
            fixed (int* numbers = bands)
            {
                status = GdalImports.GDALDatasetRasterIOEx(
                    _dataset, 0, window.X, window.Y, window.Width, window.Height, buffer, window.Width, window.Height,
                    type.ToGdal(), bands?.Length ?? Bands, numbers, 0, 0, 0, null);
            }

            ThrowIfDamaged(status, call, window);
        }
    }

    private void ThrowIfDamaged(int status, GdalCall call, Window window)
    {
        if (status < 3 && call.Damage() is null)
            return;
        throw new RasterException(
            RasterError.Damaged,
            $"'{Path}' is truncated or damaged: {call.Damage() ?? call.Words("samples could not be read")} (reading {window} of "
            + $"{Width}x{Height}). Get the file again and compare its checksum.");
    }
}
