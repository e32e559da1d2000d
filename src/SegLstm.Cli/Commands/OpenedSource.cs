using System.CommandLine;
using System.Globalization;
using SegLstm.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Cli.Commands;

/// <summary>The open rasters of a map, and their pixels.</summary>
internal sealed class OpenedSource : IDisposable
{
    private readonly List<Raster> _rasters = [];

    /// <summary>Opens them.</summary>
    /// <param name="options">How they become one.</param>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="images">The files, the first on top.</param>
    /// <param name="card">The model.</param>
    public OpenedSource(SourceOptions options, ParseResult arguments, IReadOnlyList<string> images, ModelCard card)
    {
        try
        {
            foreach (string image in images) _rasters.Add(Raster.Open(image));
            Pixels = options.Pixels(arguments, _rasters, card);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The pixels.</summary>
    public IPixelSource Pixels { get; }

    /// <summary>What to say of a common grid; empty for one raster as it is.</summary>
    public string Note => Pixels is RasterMosaic { GeoTransform: { } grid } mosaic
        ? string.Create(CultureInfo.InvariantCulture,
            $" of {Math.Abs(grid.PixelWidth):0.######} x {Math.Abs(grid.PixelHeight):0.######} ({mosaic.ProjectionName}; "
            + $"{_rasters.Count} rasters, the first on top, {mosaic.Warped} warped)")
        : "";

    /// <inheritdoc />
    public void Dispose()
    {
        (Pixels as IDisposable)?.Dispose();
        foreach (Raster raster in _rasters) raster.Dispose();
    }
}
