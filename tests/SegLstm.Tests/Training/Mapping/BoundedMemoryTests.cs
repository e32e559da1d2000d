using SegLstm.Benchmarks;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Mapping;

public class BoundedMemoryTests
{
    private const int Side = 6000, Window = 256, Overlap = 32;

    [Fact]
    public void A_scene_four_times_as_high_takes_no_more_memory_beyond_what_the_collector_leaves_lying()
    {
        using var folder = new TemporaryFolder();
        long cache = Raster.BlockCacheBytes;
        try
        {
            Raster.BlockCacheBytes = 8 << 20;
            GiantScene.Write(folder.File("low.tif"), Side, Side / 4);
            GiantScene.Write(folder.File("square.tif"), Side, Side);
            using var model = GiantScene.Model(1);
            Map(folder, model, "low.tif");
            long low = ProcessMemory.TakenBy(() => Map(folder, model, "low.tif"));
            long square = ProcessMemory.TakenBy(() => Map(folder, model, "square.tif"));
            // The 27 megapixels more are 27 MB of classes and as many of gaps, 324 MB of probabilities and 216 MB of samples.
            long strip = (GiantScene.Card.Classes * sizeof(float) * Side * Window) + (3L * Side * Window);
            Assert.InRange(square, 0, low + (48 << 20));
            Assert.InRange(square, 0, strip + (96 << 20));
        }
        finally
        {
            Raster.BlockCacheBytes = cache;
        }
    }

    [Fact]
    public void A_scene_of_30_000_by_30_000_takes_less_than_2_GiB_of_the_whole_process()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1", "900 megapixels take minutes: set SEGLSTM_SOAK=1.");
        using var folder = new TemporaryFolder();
        GiantScene.Write(folder.File("giant.tif"), 30_000, 30_000);
        using var model = GiantScene.Model(1);
        var memory = new ProcessMemory();
        memory.Start();
        using Raster scene = Raster.Open(folder.File("giant.tif"));
        using RasterMap map = new RasterMapper(new Predictor(model, GiantScene.Card.Classes, 512, 128), GiantScene.Card)
            .Map(new RasterBands(scene, [0, 1]), folder.File("map.tif"));
        memory.Taken();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{memory.Peak >> 20} MiB, {map.Speed.Megapixels:0.00} megapixels a second, {100 * map.Speed.Lost:0.0} % beside the model");
        Assert.InRange(memory.Peak, 0, 2L << 30);
    }

    [Fact]
    public void A_model_that_always_gives_the_same_gives_one_class_everywhere_and_files_of_one_class_open()
    {
        using var folder = new TemporaryFolder();
        GiantScene.Write(folder.File("scene.tif"), 700, 600);
        using var model = nn.Conv2d(2, GiantScene.Card.Classes, 1);
        using (no_grad())
        {
            model.weight.zero_();
            model.bias!.copy_(tensor(new[] { 0.1f, 0.3f, 0.2f }));
        }

        foreach (int overlap in new[] { 0, 13, 50 })
        {
            using Raster scene = Raster.Open(folder.File("scene.tif"));
            using RasterMap map = new RasterMapper(new Predictor(model, GiantScene.Card.Classes, 96, overlap), GiantScene.Card)
                .Map(new RasterBands(scene, [0, 1]), folder.File("map.tif"));
            using Raster written = Raster.Open(folder.File("map.tif"));
            Assert.DoesNotContain(written.ReadArray<byte>(), value => value != 1);
            Assert.Equal([0, 700 * 600, 0], map.Pixels);
        }
    }

    [Fact]
    public void A_model_whose_scores_are_no_numbers_is_an_error_and_no_map()
    {
        using var folder = new TemporaryFolder();
        GiantScene.Write(folder.File("scene.tif"), 100, 80);
        using var model = GiantScene.Model(1);
        using (no_grad()) model.parameters().First().fill_(float.NaN);
        using Raster scene = Raster.Open(folder.File("scene.tif"));
        var mapper = new RasterMapper(new Predictor(model, GiantScene.Card.Classes, 32, 8), GiantScene.Card);
        Assert.Contains("no numbers", Assert.Throws<InvalidOperationException>(
            () => mapper.Map(new RasterBands(scene, [0, 1]), folder.File("map.tif"))).Message);
        Assert.False(File.Exists(folder.File("map.tif")));
    }

    private static void Map(TemporaryFolder folder, nn.Module<Tensor, Tensor> model, string name)
    {
        using Raster scene = Raster.Open(folder.File(name));
        using RasterMap map = new RasterMapper(new Predictor(model, GiantScene.Card.Classes, Window, Overlap), GiantScene.Card)
            .Map(new RasterBands(scene, [0, 1]), folder.File("map.tif"));
        Assert.Equal((long)scene.Width * scene.Height, map.Pixels.Sum());
    }
}
