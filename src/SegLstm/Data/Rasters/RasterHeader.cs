namespace SegLstm.Data.Rasters;

/// <summary>What a raster declares of itself, read once at opening, and the checks of it against the limits.</summary>
internal sealed unsafe class RasterHeader
{
    private int _blockWidth;
    private int _blockHeight;
    private int _bandsWithOwnBlocks;
    private double _declaredBits;

    private RasterHeader()
    {
    }

    internal required string Driver { get; init; }

    internal required int Width { get; init; }

    internal required int Height { get; init; }

    internal required IReadOnlyList<SampleType> Types { get; init; }

    internal required IReadOnlyList<string> BandNames { get; init; }

    internal required GeoTransform? Transform { get; init; }

    internal required string Projection { get; init; }

    internal required double? NoData { get; init; }

    internal required IReadOnlyList<Rgb>? ColorTable { get; init; }

    internal required IReadOnlyList<string>? CategoryNames { get; init; }

    internal required int? AlphaBand { get; init; }

    internal required SpectralMetadata Spectral { get; init; }

    internal required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads the header of an open data set.</summary>
    /// <exception cref="RasterException">No bands, or a band of a type that we do not read.</exception>
    internal static RasterHeader Read(DatasetHandle dataset, string path, GdalCall call)
    {
        int count = GdalImports.GDALGetRasterCount(dataset);
        int width = GdalImports.GDALGetRasterXSize(dataset), height = GdalImports.GDALGetRasterYSize(dataset);
        if (count < 1 || width < 1 || height < 1)
            throw new RasterException(RasterError.BadHeader, $"'{path}' declares {count} bands of {width}x{height}: there is nothing to read.");
        var bands = Enumerable.Range(1, count).Select(i => GdalImports.GDALGetRasterBand(dataset, i)).ToArray();
        var types = bands.Select((band, i) => TypeOf(band, path, i + 1)).ToArray();
        double* transform = stackalloc double[6];
        int found;
        double nodata = GdalImports.GDALGetRasterNoDataValue(bands[0], &found);
        string driver = GdalImports.Text(GdalImports.GDALGetDriverShortName(GdalImports.GDALGetDatasetDriver(dataset))) ?? "";
        int blockWidth, blockHeight;
        GdalImports.GDALGetBlockSize(bands[0], &blockWidth, &blockHeight);
        return new RasterHeader
        {
            Driver = driver,
            Width = width,
            Height = height,
            Types = types,
            BandNames = [.. bands.Select(b => GdalImports.Text(GdalImports.GDALGetDescription(b)) ?? "")],
            Transform = GdalImports.GDALGetGeoTransform(dataset, transform) == 0
                ? GeoTransform.FromArray(new ReadOnlySpan<double>(transform, 6)) : null,
            Projection = GdalImports.Text(GdalImports.GDALGetProjectionRef(dataset)) ?? "",
            NoData = found != 0 ? nodata : null,
            ColorTable = ReadColors(GdalImports.GDALGetRasterColorTable(bands[0])),
            CategoryNames = CStrings.Copy(GdalImports.GDALGetRasterCategoryNames(bands[0])),
            AlphaBand = Array.FindIndex(bands, IsAlpha) is var alpha and >= 0 ? alpha : null,
            Spectral = SpectralMetadata.Read(dataset, bands),
            Warnings = [.. call.Warnings],
            _blockWidth = blockWidth,
            _blockHeight = blockHeight,
            _bandsWithOwnBlocks = driver != "GTiff" ? 0 : IsBandAfterBand(dataset) ? count : 1,
            _declaredBits = bands.Zip(types, BitsOf).Sum(bits => (double)bits * width * height),
        };
    }

    /// <summary>Holds the declared sizes against the file's and against the limits.</summary>
    /// <exception cref="RasterException">What is declared cannot be, or may not be.</exception>
    internal void Check(string name, string path, long fileBytes, RasterLimits limits)
    {
        double declared = _declaredBits / 8.0;
        string size = $"'{name}' declares {Types.Count} bands of {Width}x{Height} {string.Join("/", Types.Distinct())}, {declared:N0} bytes";
        if (declared > fileBytes * limits.MaxExpansion)
        {
            throw new RasterException(
                RasterError.ImplausibleSize,
                $"{size}, in a file of {fileBytes:N0} bytes, more than {limits.MaxExpansion:N0}:1. If you trust it, raise RasterLimits.MaxExpansion.");
        }

        if (Driver == "ENVI" && declared > fileBytes && !IsGzip(path))
            throw new RasterException(RasterError.Damaged, $"{size}; the file has only {fileBytes:N0}: it is truncated, or the header is another's.");
        CheckMemory(name, _blockWidth, _blockHeight, Types.Count, SampleTypes.Union(Types), limits);
    }

    internal void CheckConversion(string path, SampleType wanted)
    {
        foreach (SampleType stored in Types)
        {
            // Before GDAL 3.7 signed bytes look unsigned to its conversions.
            bool raw = !GdalLibrary.HasInt8 && (stored == SampleType.Int8) != (wanted == SampleType.Int8);
            if (!wanted.Holds(stored) || raw)
            {
                throw new RasterException(
                    RasterError.Narrowing,
                    $"'{path}' stores {stored}; {wanted} does not hold all its values. Read it as stored and convert afterwards.");
            }
        }
    }

    internal static void CheckMemory(string path, int width, int height, int bands, SampleType type, RasterLimits limits)
    {
        // Multiplied in decimal: three 31-bit numbers and 8 overflow a long.
        decimal bytes = (decimal)width * height * bands * type.Bytes();
        if (bytes > limits.MaxBytes)
        {
            throw new RasterException(
                RasterError.TooLarge,
                $"Reading {bands} bands of {width}x{height} {type} of '{path}' takes {bytes:N0} bytes; the limit is {limits.MaxBytes:N0}. "
                + "Read smaller windows, or raise RasterLimits.MaxBytes.");
        }
    }

    /// <summary>Refuses a window that touches blocks which the file leaves out.</summary>
    /// <exception cref="RasterException">A block is missing.</exception>
    internal void CheckBlocks(DatasetHandle dataset, string path, Window window)
    {
        for (int band = 1; band <= _bandsWithOwnBlocks; band++)
            CheckBlocks(GdalImports.GDALGetRasterBand(dataset, band), path, window);
    }

    private void CheckBlocks(nint band, string path, Window window)
    {
        for (int y = window.Y / _blockHeight; y <= (window.Y + window.Height - 1) / _blockHeight; y++)
        {
            for (int x = window.X / _blockWidth; x <= (window.X + window.Width - 1) / _blockWidth; x++)
            {
                if (GdalImports.GDALGetMetadataItem(band, $"BLOCK_OFFSET_{x}_{y}", "TIFF") is null)
                {
                    throw new RasterException(
                        RasterError.Damaged,
                        $"'{path}' leaves out the block at column {x * _blockWidth}, row {y * _blockHeight}: an unfinished or a sparse file. "
                        + "If zeros are meant there, set RasterLimits.AllowMissingBlocks.");
                }
            }
        }
    }

    private static SampleType TypeOf(nint band, string path, int number)
    {
        int gdal = GdalImports.GDALGetRasterDataType(band);
        bool signed = GdalImports.Text(GdalImports.GDALGetMetadataItem(band, "PIXELTYPE", "IMAGE_STRUCTURE")) == "SIGNEDBYTE";
        return SampleTypes.FromGdal(gdal, signed) ?? throw new RasterException(
            RasterError.UnsupportedType,
            $"Band {number} of '{path}' holds complex, unsigned 64-bit or unknown samples (GDAL type {gdal}): convert it with gdal_translate -ot.");
    }

    private static long BitsOf(nint band, SampleType type) =>
        int.TryParse(GdalImports.Text(GdalImports.GDALGetMetadataItem(band, "NBITS", "IMAGE_STRUCTURE")), out int bits) && bits is > 0 and <= 64
            ? bits : type.Bytes() * 8L;

    private static bool IsAlpha(nint band)
    {
        const int alpha = 6;
        return GdalImports.GDALGetRasterColorInterpretation(band) == alpha;
    }

    private static bool IsBandAfterBand(DatasetHandle dataset) =>
        GdalImports.Text(GdalImports.GDALGetMetadataItem(dataset.DangerousGetHandle(), "INTERLEAVE", "IMAGE_STRUCTURE")) == "BAND";

    private static Rgb[]? ReadColors(nint table)
    {
        if (table == 0)
            return null;
        var colors = new Rgb[GdalImports.GDALGetColorEntryCount(table)];
        short* entry = stackalloc short[4];
        for (int i = 0; i < colors.Length; i++)
        {
            _ = GdalImports.GDALGetColorEntryAsRGB(table, i, entry);
            colors[i] = new Rgb((byte)entry[0], (byte)entry[1], (byte)entry[2]);
        }

        return colors;
    }

    private static bool IsGzip(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
    }
}
