using SegLstm.Data.Arrays;

namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>
/// Reads a scene from any file: MATLAB v4 to v7.3, HDF5, ENVI, GeoTIFF with many bands. Arrays are found by their number of
/// dimensions unless a variable is named; labels may be finer than the image and are then counted out.
/// </summary>
public static class HyperspectralFile
{
    /// <summary>Reads a scene.</summary>
    /// <param name="path">The file of the samples.</param>
    /// <param name="reading">What to take from it; null for what is there.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArrayFileException">A MATLAB or HDF5 file is damaged, or has not what is needed; it lists what it has.</exception>
    /// <exception cref="Rasters.RasterException">A raster is damaged or of no format that is read.</exception>
    /// <exception cref="InvalidDataException">Labels do not fit the image, or are no classes.</exception>
    public static HyperspectralScene Read(string path, HyperspectralReading? reading = null)
    {
        reading ??= new HyperspectralReading();
        using ArrayFile? arrays = ArrayFile.IsOne(path) ? ArrayFile.Open(path) : null;
        LabelGrid? labels = reading.LabelPath is { } other ? LabelGrid.Read(other, reading.LabelVariable)
            : arrays is null ? null : LabelGrid.Beside(arrays, reading);
        HyperspectralScene scene = arrays is null ? RasterCube.Read(path) : ArrayCube.Read(arrays, reading, labels);
        if (labels is not null)
            scene = WithLabels(scene, labels.On(scene.Height, scene.Width, scene.GeoTransform), reading.Legend);
        scene.Validate();
        return scene;
    }

    private static HyperspectralScene WithLabels(HyperspectralScene scene, byte[] labels, ClassLegend? legend)
    {
        int most = labels.Max();
        if (legend is null || most <= legend.Count) return scene with { Labels = labels, Legend = legend ?? ClassColors.Numbered(most) };
        return scene with
        {
            Labels = labels,
            Legend = ClassColors.Numbered(most),
            Warnings = [.. scene.Warnings, $"labels go up to {most}, but {legend.Count} class names are known: classes are numbered instead"],
        };
    }
}
