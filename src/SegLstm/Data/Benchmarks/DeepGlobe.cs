namespace SegLstm.Data.Benchmarks;

/// <summary>DeepGlobe Land Cover (Demir et al. 2018): satellite pictures of 2448 x 2448 px, 0.5 m, six classes; unknown is ignored.</summary>
public static class DeepGlobe
{
    private const string Remedy = "Expected data/{training_data,test_data}/{images/ID_sat.jpg,masks/ID_mask.png} (Kaggle: "
        + "geoap96/deepglobe2018-landcover-segmentation-traindataset).";

    private static readonly ClassLegend Legend = new(
        ("urban", Rgb.FromHex(0x00FFFF)), ("agriculture", Rgb.FromHex(0xFFFF00)), ("rangeland", Rgb.FromHex(0xFF00FF)),
        ("forest", Rgb.FromHex(0x00FF00)), ("water", Rgb.FromHex(0x0000FF)), ("barren", Rgb.FromHex(0xFFFFFF)));

    /// <summary>Opens the data set. Mask samples may be off pure 0 and 255: each is cut at 128.</summary>
    /// <param name="root">The folder of data.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">An image has no mask.</exception>
    public static RasterCollection Open(string root)
    {
        string data = CollectionFiles.Folder(root, Remedy, "data");
        var items =
            from part in new[] { ("training_data", Split.Train), ("test_data", Split.Test) }
            let images = Path.Combine(data, part.Item1, "images")
            where Directory.Exists(images)
            from image in CollectionFiles.In(images, "*_sat.jpg", Remedy)
            let name = Path.GetFileName(image)[..^"_sat.jpg".Length]
            select new CollectionItem(
                $"{part.Item1}/{name}", image, CollectionFiles.First(image, Path.Combine(data, part.Item1, "masks", name + "_mask.png")), part.Item2);
        return new RasterCollection(
            "DeepGlobe Land Cover", [.. items], Legend, new LabelCode.Colors(Legend.Palette, new Rgb(0, 0, 0), threshold: true),
            ["red", "green", "blue"], [0, 1, 2], "DeepGlobe 2018 Land Cover, I. Demir et al. (DigitalGlobe); challenge terms.");
    }
}
