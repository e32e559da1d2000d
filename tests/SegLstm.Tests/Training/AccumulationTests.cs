using SegLstm.Checkpoints;
using SegLstm.Data;
using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Models.Swin;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class AccumulationTests
{
    private const int Side = 48, Crop = 16, Images = 12;

    [Theory]
    [InlineData(2, false, false)]
    [InlineData(3, true, false)]
    [InlineData(4, false, true)]
    [InlineData(12, true, true)]
    public void Small_batches_together_have_the_loss_and_the_gradient_of_the_big_one_to_a_millionth(
        int batches, bool labelledOnly, bool weighed)
    {
        TrainingOptions options = new()
        {
            Schedule = new LearningRateSchedule { Iterations = 1, WarmupIterations = 0 }, BatchSize = Images, Seed = 1, Beta1 = 0,
            AverageLabelledOnly = labelledOnly, ClassWeights = weighed ? [1, 3, 0.25] : null,
        };
        (StepReport big, float[] expected) = Step(options);
        (StepReport small, float[] gradient) = Step(options with { BatchSize = Images / batches, Accumulate = batches });
        Assert.Equal(big.Loss, small.Loss, 1e-6 * big.Loss);
        Assert.Equal(big.GradientNorm, small.GradientNorm, 1e-6 * big.GradientNorm);
        double norm = Math.Sqrt(expected.Sum(value => (double)value * value));
        double error = Math.Sqrt(expected.Zip(gradient, (a, b) => ((double)a - b) * ((double)a - b)).Sum());
        Assert.True(norm > 1e-3, $"a gradient of norm {norm} says little");
        Assert.True(error <= 1e-6 * norm, $"{error / norm}");
    }

    [Theory]
    [InlineData(3, LossKind.Dice)]
    [InlineData(4, LossKind.Focal)]
    public void Sums_of_losses_accumulate_as_exactly(int batches, LossKind second)
    {
        TrainingOptions options = new()
        {
            Schedule = new LearningRateSchedule { Iterations = 1, WarmupIterations = 0 }, BatchSize = Images, Seed = 1, Beta1 = 0,
            Losses = [new(), new() { Kind = second, Weight = 3 }],
        };
        (StepReport big, float[] expected) = Step(options);
        (StepReport small, float[] gradient) = Step(options with { BatchSize = Images / batches, Accumulate = batches });
        Assert.Equal(big.Loss, small.Loss, 1e-6 * big.Loss);
        double norm = Math.Sqrt(expected.Sum(value => (double)value * value));
        double error = Math.Sqrt(expected.Zip(gradient, (a, b) => ((double)a - b) * ((double)a - b)).Sum());
        Assert.True(error <= 1e-6 * norm, $"{error / norm}");
        Assert.NotEqual(big.Loss, Step(options with { Losses = [new()] }).Report.Loss);
    }

    [Fact]
    public void The_plan_tells_the_images_of_an_iteration()
    {
        var observer = new Witness();
        Train(new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 1, WarmupIterations = 0 }, BatchSize = 3, Accumulate = 4,
        }, null, observer);
        Assert.Equal(12, observer.Plan!.BatchSize);
    }

    // Without momentum AdamW's first mean is the gradient itself, before the moments shrink it.
    private static (StepReport Report, float[] Gradient) Step(TrainingOptions options)
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        var observer = new Witness();
        Train(options with { SaveEvery = 1 }, run, observer);
        using SafeTensorsFile state = SafeTensors.Open(folder.File($"state-{options.Accumulate:00000000}.safetensors"));
        using var scope = NewDisposeScope();
        return (observer.Report!, [.. state.Names.Where(name => name.StartsWith("optimizer.mean.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).SelectMany(name => state.Load(name).data<float>().ToArray())]);
    }

    private static void Train(TrainingOptions options, RunFolder? run, ITrainingObserver observer)
    {
        using Scene scene = Scenes.Stripes(Side, Side);
        // Unlabelled pixels, more in some crops than in others.
        scene.Label!.masked_fill_(arange(Side).lt(20).unsqueeze(0).expand(Side, Side), 255);
        using var tiles = new TileDataset(scene, SpatialBlocks.Whole(Side, Side, Split.Train), Split.Train,
            new TileOptions { Size = Crop, RandomCrops = 24, Seed = 3 });
        manual_seed(5);
        using var model = new Segmenter(
            new SwinBackbone(new SwinConfig
            {
                Dim = 8, Depths = [2, 2], Heads = [1, 2], PatchSize = 2, Window = 2, Channels = 2, DropPathRate = 0,
            }),
            new LinearHead([8, 16], 3));
        new Trainer(model, options, ResumableRun.Card, run, observer).Fit(tiles);
    }

    private sealed class Witness : ITrainingObserver
    {
        public TrainingPlan? Plan { get; private set; }

        public StepReport? Report { get; private set; }

        public void Started(TrainingPlan plan) => Plan = plan;

        public void Stepped(StepReport step) => Report = step;
    }
}
