using System.Globalization;
using System.Runtime.InteropServices;
using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Rasters;

/// <summary>
/// Writes a GeoTIFF window by window: Deflate, tiles of 256 x 256, BigTIFF where needed. The file appears under its name with
/// <see cref="Commit"/>; a writer that is disposed before leaves nothing behind, and an older file of that name as it was.
/// </summary>
public sealed class RasterWriter : IDisposable
{
    /// <summary>Rows and columns of a tile. Whoever writes whole rows of tiles in order gets the same bytes every time.</summary>
    public const int TileSide = 256;

    internal const string SideCar = ".aux.xml";

    private readonly DatasetHandle _dataset;
    private readonly AtomicFile _file;

    private RasterWriter(AtomicFile file, DatasetHandle dataset, RasterSpec spec)
    {
        _file = file;
        _dataset = dataset;
        Spec = spec;
    }

    /// <summary>What is written.</summary>
    public RasterSpec Spec { get; }

    /// <summary>Starts a GeoTIFF.</summary>
    /// <param name="path">Its name once committed; the folder exists.</param>
    /// <param name="spec">Its size, samples, georeferencing, colours and names.</param>
    /// <exception cref="ArgumentException">The specification contradicts itself.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="RasterException">GDAL cannot create it.</exception>
    public static unsafe RasterWriter Create(string path, RasterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Validate();
        var file = new AtomicFile(RasterPath.Plain(path));
        using var call = new GdalCall();
        using var options = new CStrings(Options(spec));
        var dataset = GdalImports.GDALCreate(
            GdalImports.GDALGetDriverByName("GTiff"), file.TemporaryPath, spec.Width, spec.Height, spec.Bands, spec.Type.ToGdal(), options.Pointer);
        var writer = new RasterWriter(file, dataset, spec);
        try
        {
            if (dataset.IsInvalid)
                throw Failed(path, call);
            Describe(dataset, spec);
            return call.Failures.Count > 0 ? throw Failed(path, call) : writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Writes a whole GeoTIFF at once.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="spec">As for <see cref="Create"/>.</param>
    /// <param name="values">(bands, height, width), or (height, width) for one band; its type is the stored one.</param>
    /// <exception cref="ArgumentException">Shape or type differ from the specification.</exception>
    /// <exception cref="RasterException">It cannot be written.</exception>
    public static void WriteGeoTiff(string path, RasterSpec spec, Tensor values)
    {
        using var writer = Create(path, spec);
        writer.Write(values, 0, 0);
        writer.Commit();
    }

    /// <summary>Writes a window of all bands.</summary>
    /// <param name="values">
    /// (bands, h, w), or (h, w) for one band. Integer types that hold the stored one's range are taken if every value fits.
    /// </param>
    /// <param name="x">First column.</param>
    /// <param name="y">First row.</param>
    /// <exception cref="ArgumentException">Wrong shape, a value that does not fit, or a type that is not the stored one.</exception>
    /// <exception cref="RasterException">Outside the image, or the disk refuses.</exception>
    public void Write(Tensor values, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(values);
        long[] shape = values.shape;
        if (shape.Length == 2)
            shape = [1, .. shape];
        if (shape.Length != 3 || shape[0] != Spec.Bands)
            throw new ArgumentException($"Expected ({Spec.Bands}, height, width), got ({string.Join(", ", values.shape)}).", nameof(values));
        using var scope = NewDisposeScope();
        WriteRaw(new Window(x, y, checked((int)shape[2]), checked((int)shape[1])), Stored(values).bytes);
    }

    /// <summary>Writes a window of all bands.</summary>
    /// <typeparam name="T">The stored type.</typeparam>
    /// <param name="values">bands x height x width values, band after band, row after row.</param>
    /// <param name="window">Where.</param>
    /// <exception cref="ArgumentException">Another type or another number of values.</exception>
    /// <exception cref="RasterException">Outside the image, or the disk refuses.</exception>
    public void Write<T>(ReadOnlySpan<T> values, Window window)
        where T : unmanaged
    {
        if (SampleTypes.Of<T>() != Spec.Type)
            throw new ArgumentException($"The raster stores {Spec.Type}, not {typeof(T).Name}.");
        if (values.Length != (long)Spec.Bands * window.Width * window.Height)
            throw new ArgumentException($"{values.Length:N0} values for {Spec.Bands} bands of {window}.");
        WriteRaw(window, MemoryMarshal.AsBytes(values));
    }

    /// <summary>Finishes the file, flushes it to the disk and puts it in its place.</summary>
    /// <exception cref="RasterException">The disk refuses.</exception>
    /// <exception cref="IOException">The finished file cannot be put in its place.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
        using (var call = new GdalCall())
        {
            GdalImports.GDALFlushCache(_dataset);
            _dataset.Dispose();
            if (call.Failures.Count > 0)
                throw Failed(_file.Path, call);
        }

        MoveNames(_file.TemporaryPath, _file.Path);
        _file.Commit();
    }

    /// <summary>Puts a finished raster and what stands beside it in another place of the same disk, durably.</summary>
    /// <param name="from">A raster that was committed.</param>
    /// <param name="to">Its new name; what was there is replaced.</param>
    /// <exception cref="IOException">It cannot be put there.</exception>
    public static void Move(string from, string to)
    {
        using var file = new AtomicFile(to);
        MoveNames(from, file.Path);
        File.Move(from, file.TemporaryPath);
        file.Commit();
    }

    /// <summary>Gives the file up if it was not committed.</summary>
    public void Dispose()
    {
        using (new GdalCall())
            _dataset.Dispose();
        File.Delete(_file.TemporaryPath + SideCar);
        _file.Dispose();
    }

    // First the names, then the picture: between the two renames the old picture has the new names, never the other way.
    internal static void MoveNames(string from, string to)
    {
        if (File.Exists(from + SideCar))
            File.Move(from + SideCar, to + SideCar, overwrite: true);
        else
            File.Delete(to + SideCar);
    }

    private static List<string> Options(RasterSpec spec)
    {
        // Differences of neighbours pack pictures better; classes have none worth the name.
        int predictor = spec.Type is SampleType.Float32 or SampleType.Float64 ? 3 : spec.ColorTable is null ? 2 : 1;
        List<string> options =
        [
            "COMPRESS=DEFLATE", $"PREDICTOR={predictor}", "TILED=YES", $"BLOCKXSIZE={TileSide}", $"BLOCKYSIZE={TileSide}",
            "BIGTIFF=IF_SAFER",
        ];
        if (spec.Bands >= 3 && spec.Type == SampleType.UInt8 && spec.BandNames is null)
            options.Add("PHOTOMETRIC=RGB");
        if (spec.Type == SampleType.Int8 && !GdalLibrary.HasInt8)
            options.Add("PIXELTYPE=SIGNEDBYTE");
        return options;
    }

    private static unsafe void Describe(DatasetHandle dataset, RasterSpec spec)
    {
        if (spec.GeoTransform is { } transform)
        {
            fixed (double* numbers = transform.ToArray())
                _ = GdalImports.GDALSetGeoTransform(dataset, numbers);
        }

        if (spec.Projection.Length > 0)
            _ = GdalImports.GDALSetProjection(dataset, spec.Projection);
        for (int i = 0; i < spec.Bands; i++)
        {
            nint band = GdalImports.GDALGetRasterBand(dataset, i + 1);
            if (spec.NoData is { } nodata)
                _ = GdalImports.GDALSetRasterNoDataValue(band, nodata);
            if (spec.BandNames is { } names)
                GdalImports.GDALSetDescription(band, names[i]);
            if (spec.Wavelengths is { } wavelengths)
            {
                // As GDAL's ENVI driver writes them, so that any reader of one finds those of the other.
                _ = GdalImports.GDALSetMetadataItem(band, "wavelength", wavelengths[i].ToString("R", CultureInfo.InvariantCulture), null);
                _ = GdalImports.GDALSetMetadataItem(band, "wavelength_units", "Nanometers", null);
            }
        }

        nint first = GdalImports.GDALGetRasterBand(dataset, 1);
        if (spec.ColorTable is { } colors)
        {
            using var table = ColorTableHandle.Of(colors);
            _ = GdalImports.GDALSetRasterColorTable(first, table);
        }

        if (spec.CategoryNames is { } categories)
        {
            using var texts = new CStrings(categories);
            _ = GdalImports.GDALSetRasterCategoryNames(first, texts.Pointer);
        }
    }

    private static RasterException Failed(string path, GdalCall call) => new(
        RasterError.WriteFailed, $"'{path}' cannot be written: {call.Words("GDAL gave no reason")}. Is the disk full, or the folder read-only?");

    private Tensor Stored(Tensor values)
    {
        Tensor plain = values.detach().cpu().contiguous();
        if (SampleTypes.FromTorch(plain.dtype) == Spec.Type)
            return plain;
        if (Spec.Type.ToTorch() != plain.dtype && !plain.is_floating_point() && Spec.Type is not (SampleType.UInt16 or SampleType.UInt32))
        {
            Tensor narrowed = plain.to_type(Spec.Type.ToTorch());
            if (narrowed.to_type(plain.dtype).equal(plain).all().item<bool>())
                return narrowed;
            long least = plain.min().to_type(ScalarType.Int64).item<long>(), greatest = plain.max().to_type(ScalarType.Int64).item<long>();
            throw new ArgumentException(
                $"Some {plain.dtype} values do not fit {Spec.Type}: the least is {least}, the greatest {greatest}.", nameof(values));
        }

        throw new ArgumentException(
            $"The raster stores {Spec.Type}; the tensor is {plain.dtype}. Round and convert it first"
            + (Spec.Type is SampleType.UInt16 or SampleType.UInt32 ? ", or write a span: torch has no such type." : "."), nameof(values));
    }

    private unsafe void WriteRaw(Window window, ReadOnlySpan<byte> values)
    {
        ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
        if (!window.IsWithin(Spec.Width, Spec.Height))
        {
            throw new RasterException(
                RasterError.BadWindow, $"The window {window} does not lie within {Spec.Width}x{Spec.Height} of '{_file.Path}'.");
        }
        using var call = new GdalCall();
        int status;
        fixed (byte* buffer = values)
        {
            status = GdalImports.GDALDatasetRasterIOEx(
                _dataset, 1, window.X, window.Y, window.Width, window.Height, buffer, window.Width, window.Height,
                Spec.Type.ToGdal(), Spec.Bands, null, 0, 0, 0, null);
        }

        if (status >= 3)
            throw Failed(_file.Path, call);
    }
}
