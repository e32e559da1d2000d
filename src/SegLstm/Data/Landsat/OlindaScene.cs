using SegLstm.Data.Rasters;

namespace SegLstm.Data.Landsat;

/// <summary>
/// Olinda, Brazil, by Landsat 7 (ETM+, 28.5 m): a model sees the three visible bands; the labels come from the infrared bands,
/// which it does not see, by fixed thresholds on spectral indices.
/// </summary>
/// <remarks>
/// In this order: water where MNDWI = (green - swir) / (green + swir) is above 0.25; vegetation where NDVI =
/// (nir - red) / (nir + red) is above 0.1; built or bare where NDBI = (swir - nir) / (swir + nir) is above 0.15 and NDVI is not
/// above 0; other elsewhere. That gives 16.4 / 31.9 / 41.2 / 10.5 % of the pixels.
/// </remarks>
internal static class OlindaScene
{
    internal const float Water = 0.25f, Vegetation = 0.1f, Built = 0.15f;

    private const int Green = 1, Red = 2, NearInfrared = 3, ShortWave = 4, Bands = 6, Visible = 3;

    private static readonly ClassLegend Legend = new(
        ("water", Rgb.FromHex(0x0072B2)), ("vegetation", Rgb.FromHex(0x009E73)), ("other", Rgb.FromHex(0xF0E442)),
        ("built or bare", Rgb.FromHex(0xD55E00)));

    internal static SceneArrays Load()
    {
        using var raster = Raster.Open(InstalledData.File("olinda", "L7_ETMs.tif"));
        if (raster.Bands != Bands)
            throw new InvalidDataException($"'{raster.Path}' has {raster.Bands} bands; the scene of Olinda has {Bands}.");
        byte[] samples = raster.ReadArray<byte>();
        int pixels = raster.Width * raster.Height;
        return new SceneArrays
        {
            Name = "olinda",
            Height = raster.Height,
            Width = raster.Width,
            Image = Array.ConvertAll(samples[..(Visible * pixels)], v => (float)v),
            BandNames = ["blue (ETM+ 1)", "green (ETM+ 2)", "red (ETM+ 3)"],
            DisplayBands = [2, 1, 0],
            Labels = [.. Enumerable.Range(0, pixels).Select(i => Label(
                samples[Green * pixels + i], samples[Red * pixels + i], samples[NearInfrared * pixels + i], samples[ShortWave * pixels + i]))],
            Legend = Legend,
            GeoTransform = raster.GeoTransform,
            Projection = raster.Projection,
            Provenance = "Landsat 7 ETM+ over Olinda, Brazil (NASA/USGS), as packed in R's stars (Apache-2.0); weak labels computed "
                + "from bands 2 to 5 by MNDWI, NDVI and NDBI thresholds.",
        };
    }

    /// <summary>The class of a pixel by its digital numbers.</summary>
    internal static byte Label(byte green, byte red, byte nearInfrared, byte shortWave)
    {
        float vegetation = Index(nearInfrared, red);
        return Index(green, shortWave) > Water ? (byte)0
            : vegetation > Vegetation ? (byte)1
            : Index(shortWave, nearInfrared) > Built && vegetation <= 0 ? (byte)3
            : (byte)2;
    }

    /// <summary>A normalised difference; 0 for two black samples.</summary>
    private static float Index(byte a, byte b) => a + b == 0 ? 0 : (float)(a - b) / (a + b);
}
