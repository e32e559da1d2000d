namespace SegLstm.Data.Benchmarks;

/// <summary>DeepGlobe Land Cover (Demir et al. 2018): satellite pictures of 2448 x 2448 px, 0.5 m, six classes; unknown is ignored.</summary>
/// <remarks>
/// Layouts: torchgeo's packing, all of whose images have masks, and the challenge's, in which only the training images have.
/// </remarks>
public static class DeepGlobe
{
    internal const string Layout =
        "data/{training_data,test_data}/{images/ID_sat.jpg,masks/ID_mask.png}, or {train,valid,test}/ID_sat.jpg with "
        + "train/ID_mask.png";

    private const string Remedy = $"Expected {Layout} (Kaggle: geoap96/deepglobe2018-landcover-segmentation-traindataset, or "
        + "balraj98/deepglobe-land-cover-classification-dataset).";

    private static readonly ClassLegend Legend = new(
        ("urban", Rgb.FromHex(0x00FFFF)), ("agriculture", Rgb.FromHex(0xFFFF00)), ("rangeland", Rgb.FromHex(0xFF00FF)),
        ("forest", Rgb.FromHex(0x00FF00)), ("water", Rgb.FromHex(0x0000FF)), ("barren", Rgb.FromHex(0xFFFFFF)));

    /// <summary>Opens the data set. Mask samples may be off pure 0 and 255: each is cut at 128.</summary>
    /// <param name="root">The folder of data, or of train.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">An image has no mask, or a mask no image.</exception>
    public static RasterCollection Open(string root) => Scan(root).Complete();

    internal static RasterCollection Scan(string root)
    {
        var scan = new CollectionScan(root, Remedy);
        bool challenge = Path.GetFileName(scan.Folder("data", "train")) == "train";
        (string Folder, Split Split, bool HasMasks)[] parts = challenge
            ? [("train", Split.Train, true), ("valid", Split.Validation, false), ("test", Split.Test, false)]
            : [("data/training_data", Split.Train, true), ("data/test_data", Split.Test, true)];
        foreach (var part in parts.Where(part => scan.Has(part.Folder)))
        {
            string folder = Path.Combine(scan.Root, part.Folder), images = challenge ? folder : Path.Combine(folder, "images");
            scan.Pair(
                images, ["_sat.jpg"], !part.HasMasks ? [] : [challenge ? folder : Path.Combine(folder, "masks")], ["_mask.png"],
                stem => ($"{Path.GetFileName(part.Folder)}/{stem}", part.Split));
        }

        return new RasterCollection(scan, "DeepGlobe Land Cover", new LabelCode.Colors(Legend.Palette, [new Rgb(0, 0, 0)], threshold: true))
        {
            Legend = Legend,
            BandNames = ["red", "green", "blue"],
            DisplayBands = [0, 1, 2],
            Provenance = "DeepGlobe 2018 Land Cover, I. Demir et al. (DigitalGlobe); challenge terms.",
        };
    }
}
