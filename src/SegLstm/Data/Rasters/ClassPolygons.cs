using SegLstm.Checkpoints;

namespace SegLstm.Data.Rasters;

/// <summary>
/// Writes a map of classes as polygons, a GeoPackage: one polygon for each group of pixels of one class that share sides, with its
/// class, name, pixels and area. Pixels without data are in none.
/// </summary>
/// <remarks>Areas are in square units of the coordinate system: square metres in UTM, square degrees in geographic ones. Polygons are
/// cut along a grid of <see cref="BlockSide"/> pixels, so that memory does not grow with the map, nor with the longest outline.</remarks>
public static unsafe class ClassPolygons
{
    /// <summary>Pixels from cut to cut, in both directions.</summary>
    public const int BlockSide = 2048;

    private const int Polygon = 3, Integer = 0, Real = 2, Text = 4, Integer64 = 12;

    private static readonly (string Name, int Type)[] Fields =
        [("class", Integer), ("name", Text), ("pixels", Integer64), ("area", Real)];

    /// <summary>How many blocks a map is cut into.</summary>
    public static long Blocks(int width, int height) =>
        (long)((width + BlockSide - 1) / BlockSide) * ((height + BlockSide - 1) / BlockSide);

    /// <summary>Writes polygons.</summary>
    /// <param name="map">One band of classes; its "no data" value is left out.</param>
    /// <param name="destination">The .gpkg; appears when it is complete.</param>
    /// <param name="names">Of the classes, by value.</param>
    /// <param name="progress">Is told how many of how many blocks are done.</param>
    /// <param name="stop">Gives up between two blocks.</param>
    /// <returns>How many polygons.</returns>
    /// <exception cref="RasterException">The map is damaged, or the disk refuses.</exception>
    public static long Write(
        Raster map, string destination, IReadOnlyList<string> names, Action<long, long>? progress = null, CancellationToken stop = default)
    {
        GdalLibrary.Use("GPKG");
        GdalLibrary.Use("Memory");
        using var call = new GdalCall();
        using var file = new AtomicFile(RasterPath.Plain(destination));
        long polygons = 0;
        nint driver = GdalImports.GDALGetDriverByName("GPKG");
        using (DatasetHandle package = GdalImports.GDALCreate(driver, file.TemporaryPath, 0, 0, 0, 0, null))
        {
            nint layer = package.IsInvalid ? 0 : Layer(package, Path.GetFileNameWithoutExtension(destination), map.Projection, Fields);
            if (layer == 0) throw Failed(destination, call);
            var blocks = Cut(map).ToArray();
            foreach ((int done, Window block) in blocks.Index())
            {
                stop.ThrowIfCancellationRequested();
                polygons += Write(map, block, package, layer, names);
                if (call.Failures.Count > 0) throw Failed(destination, call);
                progress?.Invoke(done + 1, blocks.Length);
            }
        }

        // Closing has written the index.
        if (call.Failures.Count > 0) throw Failed(destination, call);
        file.Commit();
        return polygons;
    }

    private static IEnumerable<Window> Cut(Raster map) =>
        from y in Enumerable.Range(0, (map.Height + BlockSide - 1) / BlockSide)
        from x in Enumerable.Range(0, (map.Width + BlockSide - 1) / BlockSide)
        select new Window(x * BlockSide, y * BlockSide, Math.Min(BlockSide, map.Width - (x * BlockSide)),
            Math.Min(BlockSide, map.Height - (y * BlockSide)));

    private static nint Layer(DatasetHandle dataset, string name, string wkt, IEnumerable<(string Name, int Type)> fields)
    {
        using SpatialReferenceHandle reference = SpatialReferenceHandle.Of(wkt);
        nint layer = GdalImports.GDALDatasetCreateLayer(
            dataset, name, wkt.Length == 0 ? 0 : reference.DangerousGetHandle(), Polygon, null);
        foreach ((string field, int type) in layer == 0 ? [] : fields)
        {
            nint definition = GdalImports.OGR_Fld_Create(field, type);
            _ = GdalImports.OGR_L_CreateField(layer, definition, 1);
            GdalImports.OGR_Fld_Destroy(definition);
        }

        return layer;
    }

    private static long Write(Raster map, Window block, DatasetHandle package, nint layer, IReadOnlyList<string> names)
    {
        GeoTransform toMap = map.GeoTransform ?? new GeoTransform(0, 1, 0, 0, 0, 1);
        using DatasetHandle pixels = Pixels(map, block, toMap);
        using DatasetHandle found = GdalImports.GDALCreate(GdalImports.GDALGetDriverByName("Memory"), "", 0, 0, 0, 0, null);
        nint outlines = Layer(found, "outlines", "", Fields.Take(1)), band = GdalImports.GDALGetRasterBand(pixels, 1);
        // Its failures are among those of the call around.
        _ = GdalImports.GDALPolygonize(band, GdalImports.GDALGetMaskBand(band), outlines, 0, null, 0, 0);
        double pixelArea = Math.Abs((toMap.PixelWidth * toMap.PixelHeight) - (toMap.RowRotation * toMap.ColumnRotation));
        nint definition = GdalImports.OGR_L_GetLayerDefn(layer);
        _ = GdalImports.GDALDatasetStartTransaction(package, 0);
        GdalImports.OGR_L_ResetReading(outlines);
        long count = 0;
        for (nint outline; (outline = GdalImports.OGR_L_GetNextFeature(outlines)) != 0; count++)
        {
            nint feature = GdalImports.OGR_F_Create(definition), shape = GdalImports.OGR_F_GetGeometryRef(outline);
            int value = GdalImports.OGR_F_GetFieldAsInteger(outline, 0);
            double area = GdalImports.OGR_G_Area(shape);
            GdalImports.OGR_F_SetFieldInteger64(feature, 0, value);
            GdalImports.OGR_F_SetFieldString(feature, 1, value < names.Count ? names[value] : "");
            GdalImports.OGR_F_SetFieldInteger64(feature, 2, (long)Math.Round(area / pixelArea));
            GdalImports.OGR_F_SetFieldDouble(feature, 3, area);
            _ = GdalImports.OGR_F_SetGeometry(feature, shape);
            _ = GdalImports.OGR_L_CreateFeature(layer, feature);
            GdalImports.OGR_F_Destroy(feature);
            GdalImports.OGR_F_Destroy(outline);
        }

        _ = GdalImports.GDALDatasetCommitTransaction(package);
        return count;
    }

    private static DatasetHandle Pixels(Raster map, Window block, GeoTransform toMap)
    {
        byte[] values = map.ReadArray<byte>(block);
        DatasetHandle pixels = GdalImports.GDALCreate(GdalImports.GDALGetDriverByName("MEM"), "", block.Width, block.Height, 1, 1, null);
        fixed (double* numbers = toMap.Shift(block.X, block.Y).ToArray())
            _ = GdalImports.GDALSetGeoTransform(pixels, numbers);
        if (map.NoData is { } noData)
            _ = GdalImports.GDALSetRasterNoDataValue(GdalImports.GDALGetRasterBand(pixels, 1), noData);
        fixed (byte* bytes = values)
        {
            _ = GdalImports.GDALDatasetRasterIOEx(
                pixels, 1, 0, 0, block.Width, block.Height, bytes, block.Width, block.Height, 1, 1, null, 0, 0, 0, null);
        }

        return pixels;
    }

    private static RasterException Failed(string path, GdalCall call) => new(
        RasterError.WriteFailed,
        $"'{path}' cannot be written: {call.Words("GDAL gave no reason")}. Is the disk full, or the folder read-only?");
}
