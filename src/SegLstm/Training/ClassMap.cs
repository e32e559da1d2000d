using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Training;

/// <summary>How a map of classes is written: one byte a pixel, with colours, names and a value for "no data".</summary>
public static class ClassMap
{
    /// <summary>The value of pixels without data, which is also the ignored label.</summary>
    public const byte NoData = 255;

    /// <summary>The GeoTIFF of a class map.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="legend">Names and colours by class.</param>
    /// <param name="transform">The map from pixels to map coordinates, or null.</param>
    /// <param name="projection">The coordinate system as WKT, or empty.</param>
    public static RasterSpec Spec(int width, int height, ClassLegend legend, GeoTransform? transform, string projection) => new()
    {
        Width = width,
        Height = height,
        Type = SampleType.UInt8,
        GeoTransform = transform,
        Projection = projection,
        NoData = NoData,
        ColorTable = legend.Palette,
        CategoryNames = legend.Names,
    };
}
