namespace SegLstm.Data.Rasters;

/// <summary>
/// The affine map from pixel to map coordinates, GDAL's six numbers in GDAL's order:
/// x = <see cref="OriginX"/> + column * <see cref="PixelWidth"/> + row * <see cref="RowRotation"/>,
/// y = <see cref="OriginY"/> + column * <see cref="ColumnRotation"/> + row * <see cref="PixelHeight"/>.
/// Column and row count from the outer corner of the upper left pixel: its centre is (0.5, 0.5).
/// </summary>
/// <param name="OriginX">Map x of the upper left corner, in units of the coordinate system.</param>
/// <param name="PixelWidth">Map x a column.</param>
/// <param name="RowRotation">Map x a row; 0 for north-up images.</param>
/// <param name="OriginY">Map y of the upper left corner.</param>
/// <param name="ColumnRotation">Map y a column; 0 for north-up images.</param>
/// <param name="PixelHeight">Map y a row; negative for north-up images.</param>
public readonly record struct GeoTransform(
    double OriginX, double PixelWidth, double RowRotation, double OriginY, double ColumnRotation, double PixelHeight)
{
    /// <summary>Map coordinates of a point given in pixels.</summary>
    public (double X, double Y) Apply(double column, double row) =>
        (OriginX + column * PixelWidth + row * RowRotation, OriginY + column * ColumnRotation + row * PixelHeight);

    /// <summary>The transform of a crop whose upper left pixel is (<paramref name="column"/>, <paramref name="row"/>).</summary>
    public GeoTransform Shift(double column, double row)
    {
        var (x, y) = Apply(column, row);
        return this with { OriginX = x, OriginY = y };
    }

    internal double[] ToArray() => [OriginX, PixelWidth, RowRotation, OriginY, ColumnRotation, PixelHeight];

    internal static GeoTransform FromArray(ReadOnlySpan<double> t) => new(t[0], t[1], t[2], t[3], t[4], t[5]);
}
