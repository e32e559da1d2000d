namespace SegLstm.Data.Rasters;

/// <summary>Pixels to be mapped, wherever they come from: windows of samples, and where there are none. One thread reads at a time;
/// others wait.</summary>
public interface IPixelSource
{
    /// <summary>Columns.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Which bands of the files are read, from 0, in the order in which they come.</summary>
    IReadOnlyList<int> Bands { get; }

    /// <summary>The map from pixels to map coordinates, or null.</summary>
    GeoTransform? GeoTransform { get; }

    /// <summary>The coordinate system as WKT, or empty.</summary>
    string Projection { get; }

    /// <summary>Full paths of the files behind it, the first on top.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Reads a window.</summary>
    /// <param name="window">Within <see cref="Width"/> x <see cref="Height"/>.</param>
    /// <param name="samples">Raw samples, bands x height x width values, band after band, row after row.</param>
    /// <param name="missing">Height x width: whether there is no pixel, whatever its samples say.</param>
    /// <exception cref="RasterException">Outside the image, or a file is damaged.</exception>
    void Read(Window window, Span<float> samples, Span<bool> missing);
}
