using SegLstm.Data.Rasters;

namespace SegLstm.Data.Cbers;

/// <summary>
/// Unlabelled CBERS-2 and CBERS-2B scenes of Brazil (INPE), for self-supervised pretraining: three overlapping 20 m composites, and
/// one place at 20 m and, panchromatic, at 2.5 m.
/// </summary>
internal static class CbersScenes
{
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["cbers-1"] = "cbers_rgb342_crop1.tif",
        ["cbers-2"] = "cbers_rgb342_crop2.tif",
        ["cbers-3"] = "cbers_rgb342_crop3.tif",
        ["cbers-2b"] = "cbers2b_rgb342_crop.tif",
        ["cbers-2b-pan"] = "cbers2b_hrc_crop.tif",
    };

    internal static IEnumerable<string> Names => Files.Keys;

    internal static SceneArrays Load(string name)
    {
        using var raster = Raster.Open(InstalledData.File("cbers", Files[name]));
        bool color = raster.Bands == 3;
        if (!color && raster.Bands != 1)
            throw new InvalidDataException($"'{raster.Path}' has {raster.Bands} bands; expected a composite of 3 or a panchromatic one.");
        return new SceneArrays
        {
            Name = name,
            Height = raster.Height,
            Width = raster.Width,
            Image = raster.ReadArray<float>(),
            BandNames = color ? ["red (CCD 3)", "near infrared (CCD 4)", "green (CCD 2)"] : ["panchromatic (HRC)"],
            DisplayBands = color ? [0, 1, 2] : [0, 0, 0],
            GeoTransform = raster.GeoTransform,
            Projection = raster.Projection,
            Provenance = $"CBERS-2{(name.Contains("2b", StringComparison.Ordinal) ? "B" : "")} (INPE), "
                + "from TerraLib's example data (LGPL-2.1+); no labels.",
        };
    }
}
