using SegLstm.Heads;
using SegLstm.Training;

namespace SegLstm.Experiments.Presets;

/// <summary>LSeg's recipe for ADE20K (isl-org/lang-seg, <c>train.sh</c> and <c>modules/lsegmentation_module.py</c>), whose decoder
/// learns ten times as fast as the encoder while the side of the words stays as it is.</summary>
internal static class LSegPresets
{
    // 20,210 training images in batches of 16, the last one left out.
    private const int Epoch = 20_210 / 16, Epochs = 240;

    public static IReadOnlyList<ScenePreset> All { get; } =
    [
        new()
        {
            Name = "lseg-ade20k",
            Title = "LSeg on ViT-L/16 with CLIP's words, as trained on ADE20K",
            Source = "train.sh and lsegmentation_module.py of isl-org/lang-seg at bb00b21",
            Recipe = new SceneRecipe
            {
                Model = "lseg_vitl16",
                WindowSize = 480,
                Overlap = 160,
                Split = new BlockSplit(960, 10 / 64.0, 16 / 64.0, Seed: 0),
                Words = new WordsRecipe { Encoder = "ViT-B-32.pt", Head = new LanguageHeadConfig() },
                Training = new TrainingOptions
                {
                    Optimizer = OptimizerKind.Sgd,
                    LearningRate = 0.004,
                    RateFactors = [new() { Part = "decode_head.scratch", Factor = 10 }],
                    WeightDecay = 1e-4,
                    NoDecay = [],
                    NoDecayNames = [],
                    AverageLabelledOnly = true,
                    ValidateEvery = Epoch,
                    Schedule = new LearningRateSchedule
                    {
                        Iterations = Epochs * Epoch, WarmupIterations = 0, Power = 0.9, EpochIterations = Epoch,
                    },
                },
            },
            Data = "--image scene.tif --labels labels.tif --classes a,b,c",
            Cost = "for GPUs; months on two processor cores (estimated)",
            Expected = "unverified: 47.25 % mean IoU on ADE20K is published for the best LSeg, with CLIP's RN50x16; which row of the table "
                + "this recipe is could not be read",
            Without =
            [
                "weights to start from: ViT-L/16's of ImageNet (here fresh ones); CLIP's are yours to give: --set words.encoder=FILE",
                "random resize 0.5 to 2, padded crops, flips",
                "its batches: one image a GPU, two accumulated, at 0.004 / 16 (here 16 images at 0.004, the rule's other end)",
                "six scales and their mirror images in the test: here one (MultiScaleEvaluation in notebooks)",
                "ADE20K's own split: here blocks of one mosaic train, validate and test",
            ],
        },
    ];
}
