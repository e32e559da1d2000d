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

    public static IReadOnlyList<Preset> All { get; } =
    [
        On("loveda", "LoveDA", "background,building,road,water,barren,forest,agricultural", "(2048, 512)",
            "the official split into Train and Val"),
        On("potsdam", "ISPRS Potsdam", "impervious_surface,building,low_vegetation,tree,car,clutter", "(1024, 1024)",
            "24 tiles to train on and 14 to validate on"),
        On("vaihingen", "ISPRS Vaihingen", "impervious_surface,building,low_vegetation,tree,car,clutter", "(512, 512)",
            "16 areas to train on and 17 to validate on"),
    ];

    private static Preset On(string data, string title, string classes, string scale, string split) => new()
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
            Training = new TrainingOptions(),
        },
        Data = $"--image {data}.tif --labels {data}-labels.tif --classes {classes}",
        Cost = Cost,
        Expected = Unverified,
        Without =
        [
            $"random resize 0.5 to 2 from {scale}, crops of at most 75 % one class, horizontal flips, photometric distortion",
            $"{split}: here blocks of one mosaic train, validate and test",
            "ImageNet's means and deviations: here those of the training blocks",
            "whole images at the test: here overlapping windows",
        ],
    };
}
