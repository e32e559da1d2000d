using SegLstm.Training;

namespace SegLstm.Experiments.Presets;

/// <summary>Vision-LSTM's segmentation recipe (ADE20K, UPerNet, 160,000 iterations) of NX-AI/vision-lstm at 381ba95.</summary>
internal static class VisionLstmPresets
{
    private const double Rate = 5e-4, LowestRate = 1e-6;

    public static IReadOnlyList<Preset> All { get; } =
        [Size("tiny", "T", "41.2"), Size("small", "S", "46.3"), Size("base", "B", "48.6")];

    private static Preset Size(string size, string letter, string published) => new()
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
        Data = "--image scene.tif --labels labels.tif --classes a,b,c",
        Cost = "for GPUs; months on two processor cores (estimated)",
        Expected = $"unverified: the published {published} % mean IoU (docs/imgs/results_ade20k.png, single scale) is for ADE20K "
            + "with all that is missing here",
        Without =
        [
            "weights to start from: here fresh ones",
            "random resize 0.5 to 2 from (2048, 512), crops of at most 75 % one class, flips, colour jitter",
            "half precision: here float32, or bfloat16 with --set training.precision=bfloat16",
            "ADE20K's own split: here blocks of one mosaic train, validate and test",
            "names without decay, and where the warm-up begins: not in the specification read, so Seg-LSTM's are taken",
        ],
    };
}
