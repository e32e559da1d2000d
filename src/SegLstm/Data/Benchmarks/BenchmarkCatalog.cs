namespace SegLstm.Data.Benchmarks;

/// <summary>The data sets of many images that can be trained on once their files are on the disk.</summary>
/// <remarks>
/// Counts, digests and places are those of torchgeo and mmsegmentation, as far as these state them; what no source states is left
/// out here, and said so in <see cref="BenchmarkEntry.CountsNote"/>.
/// </remarks>
public static class BenchmarkCatalog
{
    private const string IsprsPlace = "https://www.isprs.org/education/benchmarks/UrbanSemLab/default.aspx (2D Semantic Labeling Contest)";

    /// <summary>All data sets.</summary>
    public static IReadOnlyList<BenchmarkEntry> Entries { get; } =
    [
        new((root, options) => LoveDa.Scan(root, options.Domain))
        {
            Name = "loveda",
            Title = "LoveDA: 5,987 aerial pictures of 0.3 m, seven land-cover classes, urban and rural",
            Terms = "CC BY-NC-SA 4.0",
            Layout = LoveDa.Layout,
            Place = "https://zenodo.org/records/5706578",
            Archives =
            [
                Zenodo("Train.zip", "de2b196043ed9b4af1690b3f9a7d558f"), Zenodo("Val.zip", "84cae2577468ff0b5386758bb386d31d"),
                Zenodo("Test.zip", "a489be0090465e01fb067795d24e6b47"),
            ],
            Published = Counts(2522, 1669, 1796),
            ImageSize = (1024, 1024),
            Choices = [nameof(CollectionOptions.Domain)],
        },
        new((root, options) => Isprs.ScanPotsdam(root, options.ErodedBorders, options.Order, options.Images))
        {
            Name = "potsdam",
            Title = "ISPRS Potsdam: 38 tiles of 5 cm, six classes",
            Terms = "for research, with acknowledgement (ISPRS; BSF Swissphoto)",
            Layout = Isprs.PotsdamLayout,
            Place = IsprsPlace,
            Request = IsprsRequest("potsdam"),
            Archives =
            [
                new("4_Ortho_RGBIR.zip", "md5:c4a8f7d8c7196dd4eba4addd0aae10c1"), new("2_Ortho_RGB.zip"), new("5_Labels_all.zip"),
                new("5_Labels_all_noBoundary.zip"),
            ],
            Published = Counts(24, null, 14),
            CountsNote = "cut into windows of 512 px by mmsegmentation's converter: 3456 train, 2016 val",
            ImageSize = (6000, 6000),
            Choices = [nameof(CollectionOptions.ErodedBorders), nameof(CollectionOptions.Order), nameof(CollectionOptions.Images)],
        },
        new((root, options) => Isprs.ScanVaihingen(root, options.ErodedBorders, options.Order))
        {
            Name = "vaihingen",
            Title = "ISPRS Vaihingen: 33 tiles of 9 cm, near infrared, red and green, six classes",
            Terms = "for research, with acknowledgement (DGPF; ISPRS)",
            Layout = Isprs.VaihingenLayout,
            Place = IsprsPlace,
            Request = IsprsRequest("vaihingen"),
            Archives =
            [
                new("ISPRS_semantic_labeling_Vaihingen.zip", "md5:462b8dca7b6fa9eaf729840f0cdfc7f3"),
                new("ISPRS_semantic_labeling_Vaihingen_ground_truth_COMPLETE.zip", "md5:4802dd6326e2727a352fb735be450277"),
                new("ISPRS_semantic_labeling_Vaihingen_ground_truth_eroded_COMPLETE.zip"),
            ],
            Published = Counts(16, null, 17),
            CountsNote = "cut into windows of 512 px by mmsegmentation's converter: 344 train, 398 val; area 9 is in no split",
            Choices = [nameof(CollectionOptions.ErodedBorders), nameof(CollectionOptions.Order)],
        },
        new((root, _) => DeepGlobe.Scan(root))
        {
            Name = "deepglobe",
            Title = "DeepGlobe Land Cover: satellite pictures of 0.5 m, six classes",
            Terms = "challenge terms of DigitalGlobe; no licence is stated",
            Layout = DeepGlobe.Layout,
            Place = "https://www.kaggle.com/datasets/geoap96/deepglobe2018-landcover-segmentation-traindataset",
            Request = "Kaggle wants an account. Download data.zip there, put it into a folder and run 'seglstm data download "
                + "deepglobe --to FOLDER', which checks and unpacks it.",
            Archives = [new("data.zip", "md5:f32684b0b2bf6f8d604cd359a399c061")],
            CountsNote = "803 images have labels; how this packing splits them is not stated, the challenge's 803/171/172 has labels "
                + "for its 803 only",
            ImageSize = (2448, 2448),
        },
        new((root, _) => FolderCollection.Scan(root, FolderCollection.Dubai))
        {
            Name = "dubai",
            Title = "Semantic segmentation of aerial imagery, Dubai: 72 pieces of 8 tiles, five classes",
            Terms = "CC0",
            Layout = FolderCollection.Layout,
            Place = "https://www.kaggle.com/datasets/humansintheloop/semantic-segmentation-of-aerial-imagery",
            Request = "Kaggle wants an account. Download the archive there and unpack it; the folder is that of Tile 1 to Tile 8.",
            CountsNote = "72 pieces in all; split by tile here (tile 3 validates, tile 6 is the test), as no split was published",
        },
        new((root, _) => Ade20k.Scan(root))
        {
            Name = "ade20k",
            Title = "ADE20K SceneParse150: photographs of scenes, 150 classes, other things ignored",
            Terms = "images for research and teaching (MIT CSAIL's terms of use)",
            Layout = Ade20k.Layout,
            Place = "http://sceneparsing.csail.mit.edu",
            Archives =
            [
                new("ADEChallengeData2016.zip", null,
                    new Uri("http://data.csail.mit.edu/places/ADEchallenge/ADEChallengeData2016.zip")),
            ],
            Published = new Dictionary<Split, int> { [Split.Train] = 20_210, [Split.Validation] = 2_000 },
        },
        new((root, options) => FolderCollection.Scan(root, options.Folders ?? throw new ArgumentException(
                "A collection of your own needs its classes: set CollectionOptions.Folders (--layout FILE of the command).")))
        {
            Name = "folders",
            Title = "Your own: folders images and masks with the same stems, masks coloured by class",
            Terms = "yours",
            Layout = FolderCollection.Layout,
            Place = "on your disk",
            Choices = [nameof(CollectionOptions.Folders)],
        },
    ];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists all.</exception>
    public static BenchmarkEntry Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new KeyNotFoundException(
            $"There is no collection '{name}': the collections are {string.Join(", ", Entries.Select(entry => entry.Name))}.");

    private static string IsprsRequest(string name) =>
        "Fill in the data request form there; a link to the archives comes by mail. Put them into one folder and run "
        + $"'seglstm data download {name} --to FOLDER', which checks and unpacks what lies there.";

    private static BenchmarkArchive Zenodo(string name, string md5) =>
        new(name, $"md5:{md5}", new Uri($"https://zenodo.org/records/5706578/files/{name}?download=1"));

    private static Dictionary<Split, int> Counts(int train, int? validation, int test)
    {
        var counts = new Dictionary<Split, int> { [Split.Train] = train, [Split.Test] = test };
        if (validation is { } some) counts[Split.Validation] = some;
        return counts;
    }
}
