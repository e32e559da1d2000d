using SegLstm.Data.Rasters;

namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>Writes scenes as GeoTIFF, which every program of the field reads, with wavelengths in the bands' metadata.</summary>
public static class HyperspectralWriter
{
    private const int RowsTogether = 64;

    /// <summary>Writes the samples: as uint16 where all are whole numbers of 0 to 65,535, else as float32.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="path">The file; its folder exists.</param>
    /// <returns>The type that was written.</returns>
    /// <exception cref="RasterException">It cannot be written.</exception>
    public static SampleType Write(HyperspectralScene scene, string path)
    {
        ArgumentNullException.ThrowIfNull(scene);
        bool isWhole = Array.TrueForAll(
            scene.Samples, sample => sample >= 0 && sample <= ushort.MaxValue && sample == MathF.Truncate(sample));
        var spec = new RasterSpec
        {
            Width = scene.Width,
            Height = scene.Height,
            Bands = scene.Bands,
            Type = isWhole ? SampleType.UInt16 : SampleType.Float32,
            GeoTransform = scene.GeoTransform,
            Projection = scene.Projection,
            Wavelengths = scene.Wavelengths,
        };
        using var writer = RasterWriter.Create(path, spec);
        for (int row = 0; row < scene.Height; row += RowsTogether)
        {
            int rows = Math.Min(RowsTogether, scene.Height - row), pixels = rows * scene.Width;
            float[] planes = new float[pixels * scene.Bands];
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                ReadOnlySpan<float> spectrum = scene.Spectrum((row * scene.Width) + pixel);
                for (int band = 0; band < spectrum.Length; band++) planes[(band * pixels) + pixel] = spectrum[band];
            }

            var window = new Window(0, row, scene.Width, rows);
            if (isWhole) writer.Write<ushort>(Array.ConvertAll(planes, sample => (ushort)sample), window);
            else writer.Write<float>(planes, window);
        }

        writer.Commit();
        return spec.Type;
    }

    /// <summary>Writes the labels: one band of bytes with the classes' colours and names, 0 for none.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="RasterException">It cannot be written.</exception>
    public static void WriteLabels(HyperspectralScene scene, string path)
    {
        ArgumentNullException.ThrowIfNull(scene);
        using var writer = RasterWriter.Create(path, new RasterSpec
        {
            Width = scene.Width,
            Height = scene.Height,
            GeoTransform = scene.GeoTransform,
            Projection = scene.Projection,
            ColorTable = [default, .. scene.Legend.Palette],
            CategoryNames = ["unlabelled", .. scene.Legend.Names],
        });
        writer.Write<byte>(scene.Labels, new Window(0, 0, scene.Width, scene.Height));
        writer.Commit();
    }
}
