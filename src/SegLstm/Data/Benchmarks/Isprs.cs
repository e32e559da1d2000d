namespace SegLstm.Data.Benchmarks;

/// <summary>
/// The ISPRS 2D labelling benchmarks, Potsdam and Vaihingen: six classes in mmsegmentation's order; black, in labels with eroded
/// borders, is ignored.
/// </summary>
public static class Isprs
{
    private const string Remedy = "Request the data set at the ISPRS benchmark page (2D Semantic Labeling) and unpack it there.";

    private static readonly ClassLegend Legend = new(
        ("impervious surface", Rgb.FromHex(0xFFFFFF)), ("building", Rgb.FromHex(0x0000FF)), ("low vegetation", Rgb.FromHex(0x00FFFF)),
        ("tree", Rgb.FromHex(0x00FF00)), ("car", Rgb.FromHex(0xFFFF00)), ("clutter", Rgb.FromHex(0xFF0000)));

    private static readonly LabelCode Code = new LabelCode.Colors(Legend.Palette, new Rgb(0, 0, 0));

    private static readonly HashSet<string> PotsdamTest = new(
        ["2_13", "2_14", "3_13", "3_14", "4_13", "4_14", "4_15", "5_13", "5_14", "5_15", "6_13", "6_14", "6_15", "7_13"], StringComparer.Ordinal);

    private static readonly HashSet<int> VaihingenTrain = [1, 3, 5, 7, 11, 13, 15, 17, 21, 23, 26, 28, 30, 32, 34, 37];

    private static readonly HashSet<int> VaihingenTest = [2, 4, 6, 8, 10, 12, 14, 16, 20, 22, 24, 27, 29, 31, 33, 35, 38];

    /// <summary>Opens Potsdam: tiles of 6000 x 6000 px, 5 cm; four bands (4_Ortho_RGBIR) or, where those are absent, three (2_Ortho_RGB).</summary>
    /// <param name="root">The folder of 4_Ortho_RGBIR or 2_Ortho_RGB; labels lie in it, in 5_Labels_all or in 5_Labels_all_noBoundary.</param>
    /// <param name="erodedBorders">Whether to take the labels that ignore borders of objects.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">A tile has no labels.</exception>
    public static RasterCollection OpenPotsdam(string root, bool erodedBorders = false)
    {
        string folder = CollectionFiles.Folder(root, Remedy, "4_Ortho_RGBIR", "2_Ortho_RGB");
        bool infrared = folder.EndsWith("RGBIR", StringComparison.Ordinal);
        string ending = infrared ? "_RGBIR" : "_RGB", kind = erodedBorders ? "_label_noBoundary.tif" : "_label.tif";
        var items = CollectionFiles.In(folder, $"top_potsdam_*{ending}.tif", Remedy).Select(image =>
        {
            string name = Path.GetFileNameWithoutExtension(image)[..^ending.Length];
            string place = string.Join('_', name.Split('_')[^2..]);
            string label = CollectionFiles.First(
                image, Path.Combine(root, erodedBorders ? "5_Labels_all_noBoundary" : "5_Labels_all", name + kind), Path.Combine(root, name + kind));
            return new CollectionItem(name, image, label, PotsdamTest.Contains(Unpadded(place)) ? Split.Test : Split.Train);
        });
        string[] bands = ["red", "green", "blue", "near infrared"];
        return new RasterCollection(
            "Potsdam", [.. items], Legend, Code, infrared ? bands : bands[..3], [0, 1, 2],
            "ISPRS 2D Semantic Labeling, Potsdam (ISPRS; BSF Swissphoto): for research, with acknowledgement.");
    }

    /// <summary>Opens Vaihingen: tiles of 9 cm, near infrared, red and green. Area 9 belongs to no split and is left out.</summary>
    /// <param name="root">The folder of top; labels lie in it or in ground_truth.</param>
    /// <param name="erodedBorders">Whether to take the labels that ignore borders of objects.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">A tile has no labels.</exception>
    public static RasterCollection OpenVaihingen(string root, bool erodedBorders = false)
    {
        string folder = CollectionFiles.Folder(root, Remedy, "top");
        var items =
            from image in CollectionFiles.In(folder, "top_mosaic_09cm_area*.tif", Remedy)
            let name = Path.GetFileNameWithoutExtension(image)
            let area = int.Parse(name["top_mosaic_09cm_area".Length..], System.Globalization.CultureInfo.InvariantCulture)
            where VaihingenTrain.Contains(area) || VaihingenTest.Contains(area)
            let label = name + (erodedBorders ? "_noBoundary.tif" : ".tif")
            select new CollectionItem(
                name, image, CollectionFiles.First(image, Path.Combine(root, "ground_truth", label), Path.Combine(root, label)),
                VaihingenTest.Contains(area) ? Split.Test : Split.Train);
        return new RasterCollection(
            "Vaihingen", [.. items], Legend, Code, ["near infrared", "red", "green"], [0, 1, 2],
            "ISPRS 2D Semantic Labeling, Vaihingen (DGPF; ISPRS): for research, with acknowledgement.");
    }

    /// <summary>Some packings write 2_10 as 02_10.</summary>
    private static string Unpadded(string place) => string.Join('_', place.Split('_').Select(n => n.TrimStart('0')));
}
