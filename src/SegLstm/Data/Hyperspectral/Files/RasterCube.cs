using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Data.Rasters;

namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>The samples of a scene from a raster that GDAL reads: ENVI, GeoTIFF.</summary>
internal static class RasterCube
{
    private const int RowsTogether = 64;

    internal static HyperspectralScene Read(string path)
    {
        using var raster = Raster.Open(path);
        long count = (long)raster.Height * raster.Width * raster.Bands;
        if (count > Array.MaxLength || count * sizeof(float) > Arrays.ArrayLimits.Default.MaxBytes)
        {
            throw new RasterException(
                RasterError.TooLarge,
                $"'{path}' has {count:N0} samples, too many to hold at once. Map it in rows (RasterRows), or cut it: gdal_translate -srcwin.");
        }

        using var rows = new RasterRows(raster, ownsRaster: false);
        float[] samples = new float[count];
        for (int row = 0; row < raster.Height; row += RowsTogether)
        {
            int together = Math.Min(RowsTogether, raster.Height - row), length = raster.Width * raster.Bands;
            rows.Read(row, together, samples.AsSpan(row * length, together * length));
        }

        double[]? wavelengths = raster.Wavelengths?.ToArray();
        return new HyperspectralScene
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Samples = samples,
            Height = raster.Height,
            Width = raster.Width,
            Bands = raster.Bands,
            Labels = new byte[raster.Height * raster.Width],
            Wavelengths = wavelengths,
            SourceBands = [.. Enumerable.Range(0, raster.Bands)],
            DeclaredBadBands = [.. raster.BadBands],
            DisplayBands = raster.DefaultBands?.ToArray() ?? DisplayBandChoice.Of(raster.Bands, wavelengths),
            GeoTransform = raster.GeoTransform,
            Projection = raster.Projection,
            Provenance = $"{raster.Path} ({raster.Format})",
            Warnings = raster.Warnings,
        };
    }
}
