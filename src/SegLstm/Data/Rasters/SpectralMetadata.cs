using System.Globalization;

namespace SegLstm.Data.Rasters;

/// <summary>What a header says of the bands of an imaging spectrometer.</summary>
/// <param name="Wavelengths">The centre of each band in nanometres; null where the file does not say all.</param>
/// <param name="BadBands">Bands, from 0, that ENVI's "bbl" gives a 0.</param>
/// <param name="DefaultBands">The three bands, from 0, that ENVI shows as red, green and blue; null where the file does not say.</param>
internal sealed record SpectralMetadata(double[]? Wavelengths, int[] BadBands, int[]? DefaultBands)
{
    /// <summary>Below this no imaging spectrometer measures nanometres, and above it none micrometres.</summary>
    private const double MostMicrometres = 100;

    /// <summary>
    /// Reads the band's items "wavelength", as GDAL makes them of ENVI headers and copies them into GeoTIFFs, and ENVI's own list of
    /// bad bands.
    /// </summary>
    internal static unsafe SpectralMetadata Read(DatasetHandle dataset, IReadOnlyList<nint> bands)
    {
        var wavelengths = new double[bands.Count];
        bool isKnown = true;
        for (int i = 0; i < bands.Count && isKnown; i++)
        {
            isKnown = double.TryParse(Item(bands[i], "wavelength"), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value) && value > 0;
            string unit = Item(bands[i], "wavelength_units") ?? "";
            bool isMicrometres = unit.StartsWith("micro", StringComparison.OrdinalIgnoreCase) || unit is "um" or "µm"
                || (!unit.StartsWith("nano", StringComparison.OrdinalIgnoreCase) && unit != "nm" && value < MostMicrometres);
            wavelengths[i] = isMicrometres ? value * 1000 : value;
        }

        nint whole = dataset.DangerousGetHandle();
        string[] flags = List(GdalImports.Text(GdalImports.GDALGetMetadataItem(whole, "bbl", "ENVI")));
        int[] bad = flags.Length == bands.Count ? [.. Enumerable.Range(0, bands.Count).Where(i => IsZero(flags[i]))] : [];
        int[] shown = [.. List(GdalImports.Text(GdalImports.GDALGetMetadataItem(whole, "default_bands", "ENVI")))
            .Select(text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int band) ? band - 1 : -1)];
        return new SpectralMetadata(
            isKnown ? wavelengths : null, bad, shown.Length == 3 && shown.All(band => band >= 0 && band < bands.Count) ? shown : null);

        static string? Item(nint band, string name) => GdalImports.Text(GdalImports.GDALGetMetadataItem(band, name, null));
    }

    private static bool IsZero(string flag) =>
        double.TryParse(flag, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value == 0;

    private static string[] List(string? text) =>
        text is null ? [] : text.Trim('{', '}', ' ').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
