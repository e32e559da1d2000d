namespace SegLstm.Data.Benchmarks;

/// <summary>Collections in folders <c>images</c> and <c>masks</c>, with the classes that a <see cref="FolderLayout"/> gives.</summary>
public static class FolderCollection
{
    internal const string Layout = "images/STEM.{jpg,png,tif} and masks/STEM.{png,tif}, in the folder or in each of its folders";

    private static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".tif", ".tiff"];
    private static readonly string[] Masks = [".png", ".tif", ".tiff"];

    /// <summary>
    /// The aerial pictures of Dubai ("Semantic segmentation of aerial imagery", Humans in the Loop with MBRSC, 2020; 72 pieces of 8
    /// tiles, CC0): five classes. Tile 3, which shows all of them, validates, tile 6 is the test. The colours were checked by eye, as the
    /// class lists that go round with the pictures give them to other classes. Named t3_1 or, as published, Tile 3/image_part_001.
    /// </summary>
    public static FolderLayout Dubai { get; } = new()
    {
        Name = "dubai",
        Classes = ["building #3C1098", "land #8429F6", "road #6EC1E4", "vegetation #FEDD3A", "water #E2A929"],
        Ignored = ["#9B9B9B", "#000000"],
        Validation = ["t3_", "Tile 3/"],
        Test = ["t6_", "Tile 6/"],
        Provenance = "Semantic segmentation of aerial imagery, Humans in the Loop with MBRSC 2020, CC0.",
    };

    /// <summary>Opens a collection.</summary>
    /// <param name="root">The folder of images and masks, or of folders with both.</param>
    /// <param name="layout">Its classes and splits.</param>
    /// <exception cref="ArgumentException">The layout cannot be used; all faults are named.</exception>
    /// <exception cref="DirectoryNotFoundException">There are no such folders.</exception>
    /// <exception cref="FileNotFoundException">An image has no mask, or a mask no image.</exception>
    public static RasterCollection Open(string root, FolderLayout layout) => Scan(root, layout).Complete();

    internal static RasterCollection Scan(string root, FolderLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        string[] faults = [.. layout.Validate()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));
        var scan = new CollectionScan(root, $"Expected {Layout}.");
        string[] parts = [.. Directory.EnumerateDirectories(scan.Root).Select(path => Path.GetFileName(path)!)
            .Where(name => scan.Has($"{name}/images")).Order(StringComparer.Ordinal)];
        if (scan.Has("images") || parts.Length == 0) parts = ["."];
        foreach (string part in parts)
        {
            string images = part == "." ? scan.Folder("images") : Path.Combine(scan.Root, part, "images");
            scan.Pair(images, Pictures, [Path.Combine(scan.Root, part, "masks")], Masks, stem =>
            {
                string name = part == "." ? stem : $"{part}/{stem}";
                return (name, layout.SplitOf(name));
            });
        }

        ClassLegend legend = layout.Legend();
        return new RasterCollection(scan, layout.Name, new LabelCode.Colors(legend.Palette, layout.IgnoredColors()))
        {
            Legend = legend,
            BandNames = layout.Bands,
            DisplayBands = layout.Bands.Count >= 3 ? [0, 1, 2] : [0, 0, 0],
            Provenance = layout.Provenance,
        };
    }
}
