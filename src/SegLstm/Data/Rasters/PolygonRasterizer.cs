using System.Buffers.Binary;

namespace SegLstm.Data.Rasters;

/// <summary>Burns polygons into a grid with GDAL: a pixel belongs to a polygon that its centre lies in, by the even-odd rule.</summary>
internal static unsafe class PolygonRasterizer
{
    /// <summary>Burns <paramref name="value"/> into <paramref name="grid"/> wherever a polygon lies; other pixels stay.</summary>
    /// <param name="grid">height x width, row after row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="toMap">From pixels to the polygons' coordinates.</param>
    /// <param name="polygons">Each a list of rings (outline, then holes) of points (x, y).</param>
    /// <param name="value">What is burnt.</param>
    /// <exception cref="RasterException">GDAL refuses.</exception>
    internal static void Burn(
        Span<byte> grid, int width, int height, GeoTransform toMap,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<(double X, double Y)>>> polygons, byte value)
    {
        if (grid.Length != (long)width * height)
            throw new ArgumentException($"{grid.Length:N0} pixels for a grid of {width}x{height}.", nameof(grid));
        using var call = new GdalCall();
        using var dataset = GdalImports.GDALCreate(GdalImports.GDALGetDriverByName("MEM"), "", width, height, 1, 1, null);
        var shapes = new nint[polygons.Count];
        try
        {
            fixed (double* numbers = toMap.ToArray())
                _ = GdalImports.GDALSetGeoTransform(dataset, numbers);
            for (int i = 0; i < shapes.Length; i++)
                shapes[i] = Shape(polygons[i], call);
            double[] burn = [.. Enumerable.Repeat((double)value, shapes.Length)];
            int band = 1;
            fixed (byte* pixels = grid)
            fixed (nint* list = shapes)
            fixed (double* values = burn)
            {
                bool done = Copy(dataset, pixels, width, height, write: 1)
                    && GdalImports.GDALRasterizeGeometries(dataset, 1, &band, shapes.Length, list, 0, 0, values, null, 0, 0) < 3
                    && Copy(dataset, pixels, width, height, write: 0);
                if (!done)
                    throw new RasterException(RasterError.WriteFailed, $"Polygons cannot be burnt: {call.Words("GDAL gave no reason")}.");
            }
        }
        finally
        {
            foreach (nint shape in shapes.Where(s => s != 0))
                GdalImports.OGR_G_DestroyGeometry(shape);
        }
    }

    private static bool Copy(DatasetHandle dataset, byte* pixels, int width, int height, int write) =>
        GdalImports.GDALDatasetRasterIOEx(dataset, write, 0, 0, width, height, pixels, width, height, 1, 1, null, 0, 0, 0, null) < 3;

    /// <summary>A polygon by way of its well-known binary form (little-endian, type 3).</summary>
    private static nint Shape(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, GdalCall call)
    {
        byte[] wkb = new byte[9 + rings.Sum(r => 4 + 16 * r.Count)];
        wkb[0] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(wkb.AsSpan(1), 3);
        BinaryPrimitives.WriteInt32LittleEndian(wkb.AsSpan(5), rings.Count);
        int at = 9;
        foreach (var ring in rings)
        {
            BinaryPrimitives.WriteInt32LittleEndian(wkb.AsSpan(at), ring.Count);
            at += 4;
            foreach (var (x, y) in ring)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(wkb.AsSpan(at), x);
                BinaryPrimitives.WriteDoubleLittleEndian(wkb.AsSpan(at + 8), y);
                at += 16;
            }
        }

        nint shape;
        fixed (byte* bytes = wkb)
        {
            if (GdalImports.OGR_G_CreateFromWkb(bytes, 0, &shape, wkb.Length) != 0)
                throw new RasterException(RasterError.WriteFailed, $"A polygon of {rings.Count} rings is refused: {call.Words("no reason given")}.");
        }

        return shape;
    }
}
