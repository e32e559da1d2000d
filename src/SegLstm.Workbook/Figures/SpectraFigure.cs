using SegLstm.Training.Hyperspectral;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Figures;

/// <summary>Spectra of a hyperspectral image: the mean of each class with a band of one deviation, and what a model reads of
/// them.</summary>
public static class SpectraFigure
{
    /// <summary>Draws the mean spectrum of every class that has labelled pixels.</summary>
    /// <param name="cube">The image; samples that are no numbers are left out.</param>
    /// <param name="labels">Class of each pixel, 1 to the number of names; 0: not known.</param>
    /// <param name="names">Class names, the first of class 1.</param>
    /// <param name="wavelengths">Middle of each band in nm; null: bands are numbered from 1.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="unit">Unit of the samples; empty for digital numbers.</param>
    /// <exception cref="ArgumentException">Numbers of labels, names or wavelengths do not fit, or nothing is labelled.</exception>
    public static Figure Of(SpectralCube cube, byte[] labels, IReadOnlyList<string> names, IReadOnlyList<double>? wavelengths,
        string title, string unit = "")
    {
        ArgumentNullException.ThrowIfNull(cube);
        if (labels.Length != cube.Pixels || labels.Max() > names.Count || labels.Max() == 0)
        {
            throw new ArgumentException(
                $"Expected a label for each of {cube.Pixels} pixels, none above {names.Count} and some above 0, got {labels.Length} "
                    + $"up to {labels.DefaultIfEmpty().Max()}.", nameof(labels));
        }

        double[] x = Abscissas(wavelengths, cube.Bands);
        var figure = Axes(title, wavelengths).YAxis("sample, mean ± deviation", unit);
        for (int label = 1; label <= names.Count; label++)
        {
            int[] pixels = [.. Enumerable.Range(0, labels.Length).Where(pixel => labels[pixel] == label)];
            if (pixels.Length == 0) continue;
            (double[] means, double[] deviations) = Moments(cube, pixels);
            figure.Line(x, means, $"{names[label - 1]} ({pixels.Length:N0} px)");
            figure.Band(x, [.. means.Zip(deviations, (m, d) => m - d)], [.. means.Zip(deviations, (m, d) => m + d)]);
        }

        return figure;
    }

    /// <summary>Draws how much of each band the scan of a SpectralMamba lets in, by class.</summary>
    /// <param name="importance">The step sizes.</param>
    /// <param name="names">Class names, the first of class 0.</param>
    /// <param name="wavelengths">Middle of each band in nm; null: bands are numbered from 1.</param>
    /// <param name="title">What is shown.</param>
    /// <exception cref="ArgumentException">Numbers of names or wavelengths do not fit.</exception>
    public static Figure Of(
        BandImportance importance, IReadOnlyList<string> names, IReadOnlyList<double>? wavelengths, string title)
    {
        ArgumentNullException.ThrowIfNull(importance);
        if (importance.ByClass.Count != names.Count)
        {
            throw new ArgumentException(
                $"Expected a name for each of {importance.ByClass.Count} classes, got {names.Count}.", nameof(names));
        }

        double[] x = Abscissas(wavelengths, importance.ByClass[0].Count);
        var figure = Axes(title, wavelengths).YAxis("step size of the scan", "");
        for (int label = 0; label < names.Count; label++)
        {
            if (!importance.ByClass[label].Any(double.IsNaN)) figure.Line(x, [.. importance.ByClass[label]], names[label]);
        }

        return figure;
    }

    private static Figure Axes(string title, IReadOnlyList<double>? wavelengths) => wavelengths is null
        ? new Figure(title).XAxis("band", "")
        : new Figure(title).XAxis("wavelength", "nm");

    private static double[] Abscissas(IReadOnlyList<double>? wavelengths, int bands) =>
        wavelengths is null ? [.. Enumerable.Range(1, bands).Select(band => (double)band)]
        : wavelengths.Count == bands ? [.. wavelengths]
        : throw new ArgumentException($"Expected {bands} wavelengths, one a band, got {wavelengths.Count}.", nameof(wavelengths));

    private static (double[] Means, double[] Deviations) Moments(SpectralCube cube, int[] pixels)
    {
        double[] means = new double[cube.Bands], deviations = new double[cube.Bands];
        for (int band = 0; band < cube.Bands; band++)
        {
            double[] values = [.. pixels.Select(pixel => (double)cube.Spectrum(pixel)[band]).Where(double.IsFinite)];
            means[band] = values.DefaultIfEmpty(double.NaN).Average();
            deviations[band] = Math.Sqrt(values.Select(value => Math.Pow(value - means[band], 2)).DefaultIfEmpty(double.NaN).Average());
        }

        return (means, deviations);
    }
}
