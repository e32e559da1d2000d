using SegLstm.Data.Synthetic;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// LoveDA (Wang et al. 2021): 5,987 aerial pictures of 1024 x 1024 px, 0.3 m, seven land-cover classes, in an urban and a rural
/// domain.
/// </summary>
public static class LoveDa
{
    private const string Remedy = "Expected {Train,Val,Test}/{Urban,Rural}/{images_png,masks_png}: unpack Train.zip, Val.zip and Test.zip of "
        + "https://zenodo.org/records/5706578 there.";

    /// <summary>Opens the data set; splits that are not there are left out, and Test has no labels.</summary>
    /// <param name="root">The folder of Train, Val and Test.</param>
    /// <param name="domain">"Urban" or "Rural" for one domain, null for both.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">An image has no mask.</exception>
    public static RasterCollection Open(string root, string? domain = null)
    {
        CollectionFiles.Folder(root, Remedy, "Train", "Val", "Test");
        string[] domains = domain switch
        {
            null => ["Urban", "Rural"],
            "Urban" or "Rural" => [domain],
            _ => throw new ArgumentException($"LoveDA has the domains Urban and Rural, not '{domain}'."),
        };
        var items =
            from part in new[] { ("Train", Split.Train), ("Val", Split.Validation), ("Test", Split.Test) }
            from place in domains
            let images = Path.Combine(root, part.Item1, place, "images_png")
            where Directory.Exists(images)
            from image in CollectionFiles.In(images, "*.png", Remedy)
            let mask = Path.Combine(root, part.Item1, place, "masks_png", Path.GetFileName(image))
            select new CollectionItem(
                $"{part.Item1}/{place}/{Path.GetFileNameWithoutExtension(image)}", image,
                part.Item2 == Split.Test ? null : CollectionFiles.First(image, mask), part.Item2, place);
        return new RasterCollection(
            "LoveDA", [.. items], SyntheticScene.Legend, new LabelCode.OneBased(7), ["red", "green", "blue"], [0, 1, 2],
            "LoveDA, J. Wang et al. 2021, CC BY-NC-SA 4.0.");
    }
}
