using SegLstm.Data.Synthetic;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// LoveDA (Wang et al. 2021): 5,987 aerial pictures of 1024 x 1024 px, 0.3 m, seven land-cover classes, in an urban and a rural
/// domain.
/// </summary>
/// <remarks>Layouts: its archives', which torchgeo reads too, and mmsegmentation's flattening, which has no domains.</remarks>
public static class LoveDa
{
    internal const string Layout =
        "{Train,Val,Test}/{Urban,Rural}/{images_png,masks_png}/N.png, or {img_dir,ann_dir}/{train,val,test}/N.png";

    private const string Remedy = $"Expected {Layout}: unpack Train.zip, Val.zip and Test.zip of https://zenodo.org/records/5706578 there "
        + "(seglstm data download loveda does).";

    /// <summary>Opens the data set; splits that are not there are left out, and Test has no labels.</summary>
    /// <param name="root">The folder of Train, Val and Test, or of img_dir and ann_dir.</param>
    /// <param name="domain">"Urban" or "Rural" for one domain, null for both.</param>
    /// <exception cref="DirectoryNotFoundException">The layout is another.</exception>
    /// <exception cref="FileNotFoundException">An image has no mask, or a mask no image.</exception>
    /// <exception cref="ArgumentException">There is no such domain.</exception>
    public static RasterCollection Open(string root, string? domain = null) => Scan(root, domain).Complete();

    internal static RasterCollection Scan(string root, string? domain)
    {
        var scan = new CollectionScan(root, Remedy);
        string[] domains = domain switch
        {
            null => ["Urban", "Rural"],
            "Urban" or "Rural" => [domain],
            _ => throw new ArgumentException($"LoveDA has the domains Urban and Rural, not '{domain}'."),
        };
        if (FlattenedLayout.IsIn(scan))
        {
            if (domain is not null)
                throw new ArgumentException($"'{scan.Root}' is mmsegmentation's flattening, which has lost the domains: '{domain}' "
                    + $"needs Train/{domain}.");
            FlattenedLayout.Pair(scan, Split.Validation, "rgb");
        }
        else
        {
            scan.Folder("Train", "Val", "Test");
            foreach ((string part, Split split) in new[] { ("Train", Split.Train), ("Val", Split.Validation), ("Test", Split.Test) })
            {
                foreach (string place in domains.Where(place => scan.Has($"{part}/{place}")))
                {
                    string folder = Path.Combine(scan.Root, part, place);
                    scan.Pair(
                        Path.Combine(folder, "images_png"), [".png"], split == Split.Test ? [] : [Path.Combine(folder, "masks_png")],
                            [".png"],
                        stem => ($"{part}/{place}/{stem}", split), place);
                }
            }
        }

        return new RasterCollection(scan, "LoveDA", new LabelCode.OneBased(7))
        {
            Legend = SyntheticScene.Legend,
            BandNames = ["red", "green", "blue"],
            DisplayBands = [0, 1, 2],
            Provenance = "LoveDA, J. Wang et al. 2021, CC BY-NC-SA 4.0.",
        };
    }
}
