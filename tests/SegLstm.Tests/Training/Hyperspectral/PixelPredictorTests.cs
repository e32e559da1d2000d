using SegLstm.Data.Hyperspectral.Synthetic;
using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;
using TorchSharp;
using static TorchSharp.torch;
using Model = SegLstm.Models.SpectralMamba.SpectralMamba;

namespace SegLstm.Tests.Training.Hyperspectral;

public sealed class PixelPredictorTests
{
    [Theory]
    [InlineData("spectralmamba_pixel")]
    [InlineData("spectralmamba_patch")]
    public void A_map_names_for_every_pixel_what_the_model_says_of_its_window(string name)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        // More pixels than a run, and no multiple of one.
        var (cube, _) = Cubes.Humps(23, 51, 11, 4);
        var scale = BandScale.Of(cube, [0, 100, 200, 300]);
        var model = PixelClassifiers.Find(name).Create(11, 4);
        model.eval();
        var told = new List<(long Done, long All)>();
        var map = new PixelPredictor(model, scale).Map(cube, (done, all) => told.Add((done, all)));
        Assert.Equal((cube.Pixels, (long)cube.Pixels), told[^1]);
        Assert.Equal(told.OrderBy(pair => pair.Done), told);

        var logits = model.call(new PixelWindows(cube, scale, model.Input.Window).Cut([.. Enumerable.Range(0, cube.Pixels)]));
        var scores = logits.data<float>().ToArray();
        for (var pixel = 0; pixel < cube.Pixels; pixel++)
        {
            // Scores may tie within rounding, which differs with the size of a run.
            var row = scores.AsSpan(pixel * 4, 4);
            Assert.True(row[map[pixel]] >= row.ToArray().Max() - 1e-5f, $"pixel {pixel}");
        }
    }

    [Theory]
    [InlineData("spectralmamba_pixel")]
    [InlineData("mlp_patch")]
    public void A_scene_that_is_read_in_strips_has_the_same_map(string name)
    {
        using var scope = NewDisposeScope();
        // Strips of 128 rows and what is left.
        var scene = new SyntheticHyperspectral { Height = 150, Width = 64, Bands = 256, Classes = 3 }.Generate();
        var cube = SpectralCube.Of(scene);
        var scale = BandScale.Of(cube, [.. Enumerable.Range(0, 500)]);
        var model = PixelClassifiers.Find(name).Create(scene.Bands, scene.Classes);
        model.eval();
        var predictor = new PixelPredictor(model, scale);
        var (strips, told) = (new List<(int First, byte[] Classes)>(), new List<long>());

        predictor.Map(new SceneRows(scene), (first, classes) => strips.Add((first, classes)), (done, _) => told.Add(done));

        Assert.Equal([0, 128], strips.Select(strip => strip.First));
        Assert.Equal([128L * 64, 150 * 64], told);
        byte[] whole = predictor.Map(cube), parts = [.. strips.SelectMany(strip => strip.Classes)];
        // Where two classes tie within rounding, another run may choose the other one.
        Assert.InRange(whole.Zip(parts).Count(pair => pair.First != pair.Second), 0, 3);
    }

    [Fact]
    public void Single_pixels_are_classified_as_in_the_map_and_other_bands_are_refused()
    {
        using var scope = NewDisposeScope();
        var (cube, _) = Cubes.Humps(6, 6, 11, 3);
        var scale = BandScale.Of(cube, [0, 7, 14]);
        var model = PixelClassifiers.Find("mlp_patch").Create(11, 3);
        model.eval();
        var predictor = new PixelPredictor(model, scale);
        var map = predictor.Map(cube);
        Assert.Equal([map[35], map[0], map[17]], predictor.Predict(cube, [35, 0, 17]).Select(c => (byte)c));
        Assert.Contains("12 bands", Assert.Throws<ArgumentException>(
            () => predictor.Map(new SpectralCube(new float[12], 1, 1, 12))).Message);
    }

    [Fact]
    public void Band_importance_is_the_mean_step_of_each_class()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var (cube, labels) = Cubes.Humps(5, 8, 10, 2);
        int[] pixels = [.. Enumerable.Range(0, cube.Pixels)];
        var scale = BandScale.Of(cube, pixels);
        var model = new Model(new SpectralInput(10, 3));
        var importance = BandImportance.Of(model, cube, scale, pixels, Array.ConvertAll(labels, label => label - 1));
        int[] second = [.. pixels.Where(pixel => labels[pixel] == 2)];
        var expected = model.StepSizes(new PixelWindows(cube, scale, 1).Cut(second)).mean([0L]);
        for (var band = 0; band < 10; band++)
        {
            Assert.Equal(expected[band / 6].item<float>(), importance.ByClass[1][band], 1e-5);
        }

        Assert.All(importance.ByClass[2], value => Assert.True(double.IsNaN(value)));
    }
}
