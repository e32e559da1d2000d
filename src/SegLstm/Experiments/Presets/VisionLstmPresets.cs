using SegLstm.Data.Augmentation;
using SegLstm.Training;

namespace SegLstm.Experiments.Presets;

/// <summary>Vision-LSTM's segmentation recipe (ADE20K, UPerNet, 160,000 iterations) of NX-AI/vision-lstm at 381ba95.</summary>
internal static class VisionLstmPresets
{
    private const double Rate = 5e-4, LowestRate = 1e-6;

    public static IReadOnlyList<ScenePreset> All { get; } =
        [Size("tiny", "T", "41.2"), Size("small", "S", "46.3"), Size("base", "B", "48.6")];

    private static ScenePreset Size(string size, string letter, string published) => new()
    {
        Name = $"vil-{size}-ade20k",
        Title = $"ViL-{letter} (release 2) with UPerNet, as trained on ADE20K",
        Source = "the segmentation yaml of NX-AI/vision-lstm at 381ba95",
        Recipe = new SceneRecipe
        {
            Model = $"vil2_{size}",
            WindowSize = 512,
            Overlap = 171,
            Split = new BlockSplit(1024, 10 / 64.0, 16 / 64.0, Seed: 0),
            Collection = new CollectionRecipe
            {
                Augmentation = new AugmentationOptions
                {
                    LongEdge = 2048, ShortEdge = 512, Photometric = false,
                    Jitter = new ColorJitter { Brightness = 0.5, Contrast = 0.5, Saturation = 0.5, Hue = 0.25 },
                },
                Normalization = CollectionNormalization.Imagenet,
            },
            Training = new TrainingOptions
            {
                Schedule = new LearningRateSchedule
                {
                    Iterations = 160_000, Decay = Decay.Cosine, MinimumFactor = LowestRate / Rate,
                },
                LearningRate = Rate,
                WeightDecay = 0.05,
                LayerDecay = 0.65,
            },
        },
        Collection = "--collection ade20k --root FOLDER",
        Data = "--image scene.tif --labels labels.tif --classes a,b,c",
        Cost = "for GPUs; months on two processor cores (estimated)",
        Expected = $"unverified: the published {published} % mean IoU (docs/imgs/results_ade20k.png, single scale) is of weights "
            + "pre-trained on ImageNet-1K, without what is missing here",
        Without =
        [
            "weights to start from: here fresh ones",
            "bicubic resizing of the random resize: here bilinear; and test images at (2048, 512): here they keep their size",
            "half precision: here float32, or bfloat16 with --set training.precision=bfloat16",
            "with --image in place of --collection: the published split, random resize, crops, flips, colour jitter",
            "names without decay, and where the warm-up begins: not in the specification read, so Seg-LSTM's are taken",
        ],
    };
}
