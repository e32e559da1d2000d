using SegLstm.Data.Augmentation;
using SegLstm.Training;

namespace SegLstm.Experiments.Presets;

/// <summary>
/// Seg-LSTM's published recipe, the same in all 30 configurations of its repository (zhuqinfeng1999/Seg-LSTM at 061cc6b,
/// <c>configs/zqf_seglstm</c>): the data sets differ in classes, augmentation and split.
/// </summary>
internal static class SegLstmPresets
{
    private const string Unverified =
        "unverified: the paper's tables could not be obtained, and its repository holds no numbers";

    // 240,000 crops of 512 x 512, forward and back, against what two cores multiply in a second.
    private const string Cost =
        "two GPUs in the authors' command; weeks on two processor cores (estimated)";

    private const string PatchSide =
        "certainty about the side of the windows that tiles are cut into: 512 is the converter's default, 1024 may have been used";

    public static IReadOnlyList<ScenePreset> All { get; } =
    [
        On("loveda", "LoveDA", "background,building,road,water,barren,forest,agricultural", (2048, 512), patch: 0),
        On("potsdam", "ISPRS Potsdam", "impervious_surface,building,low_vegetation,tree,car,clutter", (1024, 1024), patch: 512,
            PatchSide, "the test's resizing of windows to (1024, 1024): here they keep their size"),
        On("vaihingen", "ISPRS Vaihingen", "impervious_surface,building,low_vegetation,tree,car,clutter", (512, 512), patch: 512,
            PatchSide),
    ];

    private static ScenePreset On(string data, string title, string classes, (int Long, int Short) edges, int patch,
        params string[] without) => new()
    {
        Name = $"seglstm-{data}",
        Title = $"Seg-LSTM 6-6-6-6 with UPerNet on {title}",
        Source = "configs/zqf_seglstm of zhuqinfeng1999/Seg-LSTM at 061cc6b",
        Recipe = new SceneRecipe
        {
            Model = "seglstm_upernet",
            WindowSize = 512,
            Overlap = 256,
            Split = new BlockSplit(1024, 10 / 64.0, 16 / 64.0, Seed: 0),
            Collection = new CollectionRecipe
            {
                Patch = patch,
                Augmentation = new AugmentationOptions { LongEdge = edges.Long, ShortEdge = edges.Short },
                Normalization = CollectionNormalization.Imagenet,
                Evaluation = CollectionEvaluation.Whole,
            },
            Training = new TrainingOptions(),
        },
        Collection = $"--collection {data} --root FOLDER",
        Data = $"--image {data}.tif --labels {data}-labels.tif --classes {classes}",
        Cost = Cost,
        Expected = Unverified,
        Without =
        [
            .. without,
            "with --image in place of --collection: the published split, random resize, crops of at most 75 % one class, flips, "
            + "photometric distortion, ImageNet's means and deviations, whole images at the test",
        ],
    };
}
