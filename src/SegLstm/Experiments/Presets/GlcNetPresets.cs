using SegLstm.Pretraining;
using SegLstm.Pretraining.Methods;
using SegLstm.Pretraining.Views;
using SegLstm.Training;

namespace SegLstm.Experiments.Presets;

/// <summary>
/// Pretraining without labels before training with few: GLCNet's own recipe (GeoX-Lab/G-RSIM, <c>main_ss.py</c> and
/// <c>main_ft.py</c>), and one for a laptop.
/// </summary>
internal static class GlcNetPresets
{
    // 138 labelled patches in batches of 16, the last one left out.
    private const int Epoch = 138 / 16, Epochs = 150;

    public static IReadOnlyList<ScenePreset> All { get; } =
    [
        new()
        {
            Name = "glcnet-olinda",
            Title = "a small ResNet with 1 % of Olinda's labelled blocks, after GLCNet's pretraining",
            Source = "this library",
            Recipe = DemoRecipe.Olinda with
            {
                Model = "resnet_tiny_deeplabv3plus",
                WindowSize = 32,
                Overlap = 16,
                Split = DemoRecipe.Olinda.Split with { BlockSize = 22 },
                LabelFraction = 0.01,
                Pretraining = new PretrainingRecipe
                {
                    Training = new PretrainingOptions
                    {
                        Epochs = 40, BatchSize = 16, Glcnet = new GlcNetOptions { BoxSize = 8, Channels = 32 },
                    },
                    Views = new ViewOptions { TileSize = 40, Size = 32, TilesPerEpoch = 256 },
                },
                Training = DemoRecipe.Olinda.Training with
                {
                    LearningRate = 1e-3,
                    ValidateEvery = 160,
                    Schedule = DemoRecipe.Olinda.Training.Schedule with { Iterations = 160, WarmupIterations = 16 },
                },
            },
            Data = "--data olinda",
            Balanced = true,
            Cost = "a minute or two on two processor cores",
            Expected = "61.5 % test kappa, deviation 1.4 over three seeds: seglstm reproduce glcnet-olinda",
        },
        new()
        {
            Name = "glcnet-potsdam",
            Title = "DeepLabV3+ on ResNet-50 with 1 % of ISPRS Potsdam's labels, after GLCNet's pretraining",
            Source = "main_ss.py and main_ft.py of GeoX-Lab/G-RSIM",
            Recipe = new SceneRecipe
            {
                Model = "resnet50_deeplabv3plus",
                WindowSize = 256,
                Overlap = 128,
                Split = new BlockSplit(256, 10 / 64.0, 24 / 64.0, Seed: 0),
                LabelFraction = 0.01,
                Pretraining = new PretrainingRecipe(),
                Training = new TrainingOptions
                {
                    Optimizer = OptimizerKind.Adam,
                    Beta2 = 0.99,
                    LearningRate = 1e-4,
                    WeightDecay = 1e-5,
                    NoDecay = [],
                    NoDecayNames = [],
                    ValidateEvery = Epoch,
                    Schedule = new LearningRateSchedule
                    {
                        Iterations = Epochs * Epoch, WarmupIterations = 0, Decay = Decay.Exponential, Gamma = 0.98, EpochIterations = Epoch,
                    },
                },
            },
            Data = "--image potsdam.tif --labels potsdam-labels.tif --classes impervious_surface,building,low_vegetation,tree,car,clutter",
            Cost = "for GPUs; months on two processor cores (estimated)",
            Expected = "unverified: the abstract of arXiv 2106.10605 claims 6 % more kappa than the baseline; its tables could not be "
                + "obtained",
            Without =
            [
                "its own DeepLabV3+, with batch norms of momentum 0.9 and dropout: here mmsegmentation's (DeepLabV3Plus in notebooks)",
                "24 tiles to learn from and 14 to test on: here blocks of one mosaic train, validate and test",
                "augmentation in fine-tuning: turns, shifts, scales, colours",
                "its auxiliary-free loss: here an auxiliary head as in mmsegmentation",
                "the pixels without a class as class 0",
                "the encoder of the pass with the lowest loss: here that of the last pass",
            ],
        },
    ];
}
