using SegLstm.Data;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class WeightAverageTests
{
    [Fact]
    public void The_finished_model_has_the_running_average_of_its_weights()
    {
        using Segmenter model = ResumableRun.Swin(1);
        double[] average = [.. Weights(model)];
        double[] raw = [];
        var observer = new Follower(() =>
        {
            raw = Weights(model);
            for (int i = 0; i < average.Length; i++) average[i] = 0.8 * average[i] + 0.2 * raw[i];
        });
        ResumableRun.Train(null, model, ResumableRun.Recipe, observer: observer);
        double[] trained = Weights(model);
        double scale = average.Max(Math.Abs);
        Assert.True(average.Zip(trained, (a, b) => Math.Abs(a - b)).Max() < 1e-6 * scale);
        Assert.True(raw.Zip(trained, (a, b) => Math.Abs(a - b)).Max() > 1e-3 * scale, "the averages are the weights");
    }

    [Fact]
    public void Averaging_does_not_change_what_is_learnt()
    {
        using Segmenter with = ResumableRun.Swin(1), without = ResumableRun.Swin(1);
        TrainingResult averaged = ResumableRun.Train(null, with, ResumableRun.Recipe)!;
        TrainingResult plain = ResumableRun.Train(null, without, ResumableRun.Recipe with { EmaDecay = null })!;
        Assert.Equal(plain.Losses, averaged.Losses);
    }

    [Fact]
    public void Validations_and_both_checkpoints_are_of_the_averaged_weights()
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        using Segmenter model = ResumableRun.Swin(1), read = ResumableRun.Swin(2);
        TrainingResult result = ResumableRun.Train(run, model, ResumableRun.Recipe)!;
        foreach ((string path, ValidationReport validation) in new[]
        {
            (run.LastCheckpoint, result.Validations[^1]), (run.BestCheckpoint, result.Validations.Last(v => v.IsBest)),
        })
        {
            read.load_state_dict(SegLstm.Checkpoints.SafeTensors.Load(path));
            Assert.Equal(validation.Matrix.ToArray(), Evaluate(read).ToArray());
            Assert.Equal(validation.Scores.MeanIoU, ModelCheckpoint.ReadCard(path).ValidationMeanIoU);
        }

        Assert.Equal(result.Validations[^1].Matrix.ToArray(), Evaluate(model).ToArray());
    }

    [Fact]
    public void Swapping_twice_gives_the_weights_back_to_the_bit_and_frozen_ones_stay()
    {
        using Segmenter model = ResumableRun.Swin(1);
        model.parameters().First().requires_grad = false;
        using var average = new WeightAverage(model, 0.5);
        using (no_grad())
        {
            foreach (var parameter in model.parameters()) parameter.add_(1);
        }

        double[] before = Weights(model);
        average.Update();
        average.Swap();
        double[] averaged = Weights(model);
        Assert.Equal(before[0], averaged[0]);
        Assert.Equal(before[^1] - 0.5, averaged[^1], 1e-6);
        average.Swap();
        Assert.Equal(before, Weights(model));
    }

    private static ConfusionMatrix Evaluate(Segmenter model)
    {
        using Scene scene = Scenes.Stripes(48, 48);
        SpatialBlocks blocks = SpatialBlocks.Checkerboard(48, 48, 13, 13);
        using var validation = new TileDataset(scene, blocks, Split.Test, new TileOptions { Size = 16, Context = true });
        return Evaluator.Evaluate(model, validation, 3, 255);
    }

    private static double[] Weights(nn.Module model) =>
        [.. model.parameters().SelectMany(p => p.detach().contiguous().data<float>().ToArray()).Select(value => (double)value)];

    private sealed class Follower(Action step) : ITrainingObserver
    {
        public void Stepped(StepReport report) => step();
    }
}
