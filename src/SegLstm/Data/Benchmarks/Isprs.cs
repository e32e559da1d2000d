using System.Globalization;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// The ISPRS 2D labelling benchmarks, Potsdam and Vaihingen: six classes, by default in mmsegmentation's order; black, in labels
/// with eroded borders, is ignored.
/// </summary>
/// <remarks>
/// Layouts: the publishers' archives unpacked beside each other, as torchgeo and mmsegmentation's converter take them, and what
/// that converter makes of them (<c>img_dir</c>, <c>ann_dir</c>), where the folder "val" holds the published test tiles.
/// </remarks>
public static class Isprs
{
    internal const string PotsdamLayout =
        "{4_Ortho_RGBIR,2_Ortho_RGB,3_Ortho_IRRG}/top_potsdam_R_C_*.tif with top_potsdam_R_C_label.tif beside "
        + "them or in 5_Labels_all, or _label_noBoundary.tif in 5_Labels_all_noBoundary; or {img_dir,ann_dir}/{train,val}";

    internal const string VaihingenLayout = "top/top_mosaic_09cm_areaN.tif with labels of the same names beside top or in ground_truth, or "
        + "top_mosaic_09cm_areaN_noBoundary.tif; or {img_dir,ann_dir}/{train,val}";

    private const string Remedy = "Request the data set at the ISPRS benchmark page (2D Semantic Labeling) and unpack it there.";

    private static readonly (string Name, Rgb Color)[] Classes =
    [
        ("impervious surface", Rgb.FromHex(0xFFFFFF)), ("building", Rgb.FromHex(0x0000FF)), ("low vegetation", Rgb.FromHex(0x00FFFF)),
        ("tree", Rgb.FromHex(0x00FF00)), ("car", Rgb.FromHex(0xFFFF00)), ("clutter", Rgb.FromHex(0xFF0000)),
    ];

    private static readonly HashSet<string> PotsdamTrain = Tiles((2, 10, 12), (3, 10, 12), (4, 10, 12), (5, 10, 12), (6, 7, 12),
        (7, 7, 12));

    private static readonly HashSet<string> PotsdamTest = Tiles((2, 13, 14), (3, 13, 14), (4, 13, 15), (5, 13, 15), (6, 13, 15),
        (7, 13, 13));

    private static readonly HashSet<int> VaihingenTrain = [1, 3, 5, 7, 11, 13, 15, 17, 21, 23, 26, 28, 30, 32, 34, 37];

    private static readonly HashSet<int> VaihingenTest = [2, 4, 6, 8, 10, 12, 14, 16, 20, 22, 24, 27, 29, 31, 33, 35, 38];

    // It has a label file, but belongs to no published split.
    private const int VaihingenUnused = 9;

    /// <summary>Opens Potsdam: 38 tiles of 6000 x 6000 px, 5 cm; 24 train, 14 test.</summary>
    /// <param name="root">
    /// The folder of 4_Ortho_RGBIR, 2_Ortho_RGB or 3_Ortho_IRRG; labels lie in it, in 5_Labels_all or in 5_Labels_all_noBoundary.
    /// </param>
    /// <param name="erodedBorders">Whether to take the labels that ignore borders of objects.</param>
    /// <param name="order">The order of the classes.</param>
    /// <param name="images">Which folder of images to take; null for the first of those above that is there.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">A tile has no labels, or labels have no tile.</exception>
    public static RasterCollection OpenPotsdam(string root, bool erodedBorders = false, ClassOrder order = default,
        string? images = null) =>
        ScanPotsdam(root, erodedBorders, order, images).Complete();

    /// <summary>
    /// Opens Vaihingen: 33 tiles of 9 cm, near infrared, red and green; 16 train, 17 test. Area 9 belongs to no split and is left out.
    /// </summary>
    /// <param name="root">The folder of top; labels lie in it or in ground_truth.</param>
    /// <param name="erodedBorders">Whether to take the labels that ignore borders of objects.</param>
    /// <param name="order">The order of the classes.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">A tile has no labels, or labels have no tile.</exception>
    public static RasterCollection OpenVaihingen(string root, bool erodedBorders = false, ClassOrder order = default) =>
        ScanVaihingen(root, erodedBorders, order).Complete();

    internal static RasterCollection ScanPotsdam(string root, bool erodedBorders, ClassOrder order, string? images)
    {
        var scan = new CollectionScan(root, $"Expected {PotsdamLayout}. {Remedy}");
        const string provenance = "ISPRS 2D Semantic Labeling, Potsdam (ISPRS; BSF Swissphoto): for research, with acknowledgement.";
        if (FlattenedLayout.IsIn(scan)) return Flattened(scan, "Potsdam", ["red", "green", "blue"], "rgb", order, provenance);
        string folder = images is null ? scan.Folder("4_Ortho_RGBIR", "2_Ortho_RGB", "3_Ortho_IRRG") : scan.Folder(images);
        string kind = Path.GetFileName(folder).Split('_')[^1], label = erodedBorders ? "_label_noBoundary.tif" : "_label.tif";
        string[] bands = kind switch
        {
            "RGBIR" => ["red", "green", "blue", "near infrared"],
            "IRRG" => ["near infrared", "red", "green"],
            "RGB" => ["red", "green", "blue"],
            _ => throw new ArgumentException($"'{folder}' is no folder of Potsdam's images: expected a name that ends in RGBIR, "
                + $"RGB or IRRG."),
        };
        scan.Pair(
            folder, [$"_{kind}.tif"], [Path.Combine(scan.Root, erodedBorders ? "5_Labels_all_noBoundary" : "5_Labels_all"), scan.Root],
                [label], stem =>
            {
                string[] parts = stem.Split('_');
                if (parts.Length != 4 || !stem.StartsWith("top_potsdam_", StringComparison.Ordinal)) return null;
                // Some packings write 2_10 as 02_10.
                string place = $"{parts[2].TrimStart('0')}_{parts[3].TrimStart('0')}";
                return PotsdamTrain.Contains(place) ? (stem, Split.Train) : PotsdamTest.Contains(place) ? (stem, Split.Test) : null;
            });
        return Of(scan, "Potsdam", new LabelCode.Colors(Ordered(order).Palette, [new Rgb(0, 0, 0)]), bands, order, provenance);
    }

    internal static RasterCollection ScanVaihingen(string root, bool erodedBorders, ClassOrder order)
    {
        var scan = new CollectionScan(root, $"Expected {VaihingenLayout}. {Remedy}");
        const string provenance = "ISPRS 2D Semantic Labeling, Vaihingen (DGPF; ISPRS): for research, with acknowledgement.",
            name = "top_mosaic_09cm_area";
        string[] bands = ["near infrared", "red", "green"];
        if (FlattenedLayout.IsIn(scan)) return Flattened(scan, "Vaihingen", bands, "irrg", order, provenance);
        scan.Pair(
            scan.Folder("top"), [".tif"], [Path.Combine(scan.Root, "ground_truth"), scan.Root],
                [erodedBorders ? "_noBoundary.tif" : ".tif"], stem =>
                !stem.StartsWith(name, StringComparison.Ordinal)
                || !int.TryParse(stem.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int area) ? null
                : VaihingenTrain.Contains(area) ? (stem, Split.Train)
                : VaihingenTest.Contains(area) ? (stem, Split.Test)
                : area == VaihingenUnused ? (stem, null) : null);
        return Of(scan, "Vaihingen", new LabelCode.Colors(Ordered(order).Palette, [new Rgb(0, 0, 0)]), bands, order, provenance);
    }

    private static RasterCollection Flattened(
        CollectionScan scan, string name, string[] bands, string below, ClassOrder order, string provenance)
    {
        FlattenedLayout.Pair(scan, Split.Test, below);
        ClassLegend legend = Ordered(order);
        return Of(scan, name, new LabelCode.OneBased(legend.Count, [.. Classes.Select(c => (byte)legend.IndexOf(c.Name))]), bands, order,
            provenance);
    }

    private static RasterCollection Of(
        CollectionScan scan, string name, LabelCode code, string[] bands, ClassOrder order, string provenance) => new(scan, name, code)
    {
        Legend = Ordered(order), BandNames = bands, DisplayBands = [0, 1, 2], Provenance = provenance,
    };

    private static ClassLegend Ordered(ClassOrder order) =>
        new(order == ClassOrder.Torchgeo ? [Classes[^1], .. Classes[..^1]] : Classes);

    private static HashSet<string> Tiles(params (int Row, int First, int Last)[] rows) => new(
        rows.SelectMany(row => Enumerable.Range(row.First, row.Last - row.First + 1).Select(column => $"{row.Row}_{column}")),
            StringComparer.Ordinal);
}
