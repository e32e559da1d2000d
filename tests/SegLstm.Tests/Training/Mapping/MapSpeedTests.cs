using System.Diagnostics;
using SegLstm.Data.Rasters;
using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using SegLstm.Training.Mapping;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Mapping;

public class MapSpeedTests
{
    private const int Side = 512, Window = 64, Overlap = 32, Rounds = 3;

    [Fact]
    public void Shares_follow_from_pixels_and_times()
    {
        var speed = new MapSpeed(8_000_000, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(8));
        Assert.Equal((0.8, 1.0), (speed.Megapixels, speed.ModelMegapixels));
        Assert.Equal(0.2, speed.Lost, 12);
    }

    [Fact]
    public void Reading_blending_and_writing_cost_at_most_15_percent_beside_the_bare_model_on_the_same_windows()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1", "A measurement for an idle machine: set SEGLSTM_SOAK=1.");
        using var folder = new TemporaryFolder();
        using Raster scene = Raster.Open(GiantScene.Write(folder.File("scene.tif"), Side, Side));
        using Segmenter model = Catalog.Create("seglstm_nano", GiantScene.Card.Classes, 2, Window);
        var predictor = new Predictor(model, GiantScene.Card.Classes, Window, Overlap);
        (double bare, double mapped) = (double.MaxValue, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            bare = Math.Min(bare, Bare(model, predictor));
            using RasterMap map = new RasterMapper(predictor, GiantScene.Card)
                .Map(new RasterBands(scene, [0, 1]), folder.File("map.tif"));
            mapped = Math.Min(mapped, map.Speed.Elapsed.TotalSeconds);
        }

        double megapixels = Side * Side / 1e6;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{megapixels / mapped:0.000} megapixels a second, the bare model {megapixels / bare:0.000}: {100 * (1 - (bare / mapped)):0.0} % lost");
        Assert.InRange(bare / mapped, 0.85, double.MaxValue);
    }

    // Forward passes and nothing else, of as many windows in the same batches.
    private static double Bare(Segmenter model, Predictor predictor)
    {
        using var scope = NewDisposeScope();
        using var quiet = inference_mode();
        SlidingWindows windows = predictor.Windows(Side, Side);
        Tensor[] inputs = [.. windows.Columns.Chunk(predictor.BatchSize).Select(lefts => randn(lefts.Length, 2, Window, Window))];
        var clock = Stopwatch.StartNew();
        foreach (int _ in windows.Rows)
        {
            foreach (Tensor input in inputs) model.call(input).Dispose();
        }

        return clock.Elapsed.TotalSeconds;
    }
}
