namespace SegLstm.Data.Statlog;

/// <summary>
/// The Statlog Landsat scene: 82 x 100 pixels of Landsat MSS (80 m, four bands) with six classes of fields found by site visit,
/// rebuilt from the 6,435 neighbourhoods in which it is published.
/// </summary>
internal static class StatlogScene
{
    private static readonly ClassLegend Legend = new(
        ("red soil", Rgb.FromHex(0xA0522D)), ("cotton crop", Rgb.FromHex(0x009E73)), ("grey soil", Rgb.FromHex(0xBBBBBB)),
        ("damp grey soil", Rgb.FromHex(0x56B4E9)), ("vegetation stubble", Rgb.FromHex(0xE69F00)), ("very damp grey soil", Rgb.FromHex(0x0072B2)));

    internal static SceneArrays Load() => Of(File.ReadAllBytes(InstalledData.File("statlog", "Satellite.xdr")));

    internal static SceneArrays Of(byte[] serialized)
    {
        var (records, names) = StatlogRecord.Parse(serialized);
        if (!names.SequenceEqual(Legend.Names))
            throw new InvalidDataException($"Expected the classes {string.Join(", ", Legend.Names)}; got {string.Join(", ", names)}.");
        var mosaic = StatlogMosaic.Build(records);
        int pixels = mosaic.Height * mosaic.Width;
        return new SceneArrays
        {
            Name = "statlog",
            Height = mosaic.Height,
            Width = mosaic.Width,
            Image = [.. Enumerable.Range(0, StatlogRecord.Bands * pixels).Select(
                i => (float)mosaic.Image[i % pixels * StatlogRecord.Bands + i / pixels])],
            BandNames = ["green", "red", "near infrared 1", "near infrared 2"],
            DisplayBands = [2, 1, 0],
            Labels = Array.ConvertAll(mosaic.Classes, c => c == 0 ? SceneArrays.Ignore : (byte)(c - 1)),
            Known = mosaic.Known,
            Legend = Legend,
            Provenance = "Statlog (Landsat Satellite), UCI Machine Learning Repository, as packed in R's mlbench (GPL-2); Landsat MSS, "
                + "classes by site visit (CSIRO; Strathclyde University); rebuilt from overlapping 3x3 neighbourhoods.",
        };
    }
}
