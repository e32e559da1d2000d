using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Hyperspectral;

public sealed class PixelTrainerTests
{
    [Theory]
    [InlineData("spectralmamba_pixel")]
    [InlineData("spectralmamba_patch")]
    [InlineData("cnn2d_patch")]
    public void Classes_that_differ_in_their_spectra_are_learnt_from_a_few_pixels(string name)
    {
        using var scope = NewDisposeScope();
        var (cube, labels) = Cubes.Humps(12, 12, 24, 3);
        int[] train = [.. Enumerable.Range(0, cube.Pixels).Where(pixel => pixel % 5 == 0)];
        int[] test = [.. Enumerable.Range(0, cube.Pixels).Except(train)];
        var scale = BandScale.Of(cube, train);
        var model = PixelClassifiers.Find(name).Create(24, 3);
        var losses = new PixelTrainer(new PixelTrainingOptions { Epochs = 30, BatchSize = 8, LearningRate = 5e-3 })
            .Train(model, cube, scale, train, Array.ConvertAll(train, pixel => labels[pixel] - 1));
        Assert.Equal(30, losses.Count);
        Assert.True(losses[^1] < losses[0] / 4, $"{losses[0]} to {losses[^1]}");
        Assert.False(model.training);
        var found = new PixelPredictor(model, scale).Predict(cube, test);
        Assert.True(test.Zip(found).Count(pair => labels[pair.First] - 1 == pair.Second) > 0.95 * test.Length);
    }

    [Fact]
    public void A_last_batch_of_one_pixel_joins_the_one_before()
    {
        using var scope = NewDisposeScope();
        var (cube, labels) = Cubes.Humps(3, 3, 9, 3);
        var model = PixelClassifiers.Find("cnn2d_patch").Create(9, 3);
        int[] train = [.. Enumerable.Range(0, 9)];
        var trainer = new PixelTrainer(new PixelTrainingOptions { Epochs = 2, BatchSize = 8 });
        Assert.All(trainer.Train(model, cube, BandScale.Of(cube, train), train, Array.ConvertAll(labels, label => label - 1)),
            loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void Training_stops_between_batches_when_asked()
    {
        using var scope = NewDisposeScope();
        var (cube, labels) = Cubes.Humps(4, 4, 9, 2);
        var model = PixelClassifiers.Find("mlp_pixel").Create(9, 2);
        using var source = new CancellationTokenSource();
        int[] train = [.. Enumerable.Range(0, 16)];
        var epochs = 0;
        Assert.Throws<OperationCanceledException>(() => new PixelTrainer(new PixelTrainingOptions { Epochs = 1000 }).Train(
            model, cube, BandScale.Of(cube, train), train, Array.ConvertAll(labels, label => label - 1),
            (epoch, _) =>
            {
                epochs = epoch;
                if (epoch == 3)
                {
                    source.Cancel();
                }
            }, source.Token));
        Assert.Equal(3, epochs);
        Assert.False(model.training);
    }

    [Fact]
    public void Labels_bands_and_options_that_do_not_fit_are_refused()
    {
        using var scope = NewDisposeScope();
        var (cube, _) = Cubes.Humps(2, 2, 9, 2);
        var scale = BandScale.Of(cube, [0, 1]);
        string Refused(PixelTrainingOptions options, string name, int bands, int[] labels) => Assert.Throws<ArgumentException>(
            () => new PixelTrainer(options).Train(PixelClassifiers.Find(name).Create(bands, 2), cube, scale, [0, 1], labels)).Message;
        Assert.Contains("got 2 of pixel 1", Refused(new(), "mlp_pixel", 9, [0, 2]));
        Assert.Contains("9 bands", Refused(new(), "mlp_pixel", 10, [0, 1]));
        Assert.Contains("got 2 and 1", Refused(new(), "mlp_pixel", 9, [0]));
        Assert.Contains("Epochs", Refused(new() { Epochs = 0, BatchSize = 1, LearningRate = 0 }, "mlp_pixel", 9, [0, 1]));
    }
}
