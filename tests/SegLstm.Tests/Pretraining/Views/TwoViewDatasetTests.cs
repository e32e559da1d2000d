using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Data.Synthetic;
using SegLstm.Pretraining.Views;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Views;

public class TwoViewDatasetTests
{
    private static readonly ViewOptions Small = new() { TileSize = 64, Size = 48, TilesPerEpoch = 12 };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public void Views_of_any_number_of_bands_are_floats_with_an_index(int bands)
    {
        using var scope = NewDisposeScope();
        using Scene scene = Banded(bands, 90, 100);
        using var views = new TwoViewDataset([scene], Small);
        var item = views.GetTensor(3);
        foreach (string view in new[] { "first", "second" })
        {
            Assert.Equal([bands, 48, 48], item[view].shape);
            Assert.Equal([48, 48], item[view + "_index"].shape);
            Assert.Equal((ScalarType.Float32, ScalarType.Int64), (item[view].dtype, item[view + "_index"].dtype));
            Assert.True(item[view].abs().max().item<float>() <= 1.6001f);
            Assert.InRange(item[view + "_index"].max().item<long>(), 64, 64 * 64 - 1);
        }

        Assert.Equal(bands, views.Bands);
    }

    [Fact]
    public void The_first_view_is_only_cropped_unless_both_are_to_be_changed()
    {
        using Scene scene = Banded(3, 64, 64);
        using TwoViewDataset asymmetric = new([scene], Small), symmetric = new([scene], Small with { Symmetric = true });
        Assert.All(Enumerable.Range(0, 12), i => Assert.True(Rises(asymmetric.Views(i).First)));
        Assert.Contains(Enumerable.Range(0, 12), i => !Rises(symmetric.Views(i).First));
        Assert.Equal(asymmetric.Views(5).Second.Image.Samples, symmetric.Views(5).Second.Image.Samples);

        // Neither mirrored nor turned.
        static bool Rises(View view) => Enumerable.Range(0, 48).All(row => view.Index[row * 48] <= view.Index[row * 48 + 47] && (row == 0 || view.Index[row * 48 - 48] <= view.Index[row * 48]));
    }

    [Fact]
    public void Bytes_are_scaled_to_plus_and_minus_1_6()
    {
        using var scope = NewDisposeScope();
        using Scene scene = Banded(3, 64, 64);
        using var views = new TwoViewDataset([scene], Small);
        float[] first = views.GetTensor(2)["first"].data<float>().ToArray();
        byte[] bytes = views.Views(2).First.Image.Samples;
        for (int i = 0; i < bytes.Length; i++) Assert.Equal(bytes[i] / 255.0 * 3.2 - 1.6, first[i], 1e-6);
    }

    [Fact]
    public void Any_number_of_workers_in_any_order_gives_the_same_views()
    {
        using var scope = NewDisposeScope();
        using Scene one = SyntheticScene.Generate(100, 90, SceneDomain.Urban, 1), other = SyntheticScene.Generate(70, 64, SceneDomain.Rural, 2);
        using TwoViewDataset views = new([one, other], Small with { Seed = 9 }), again = new([one, other], Small with { Seed = 9 });
        (views.Epoch, again.Epoch) = (3, 3);
        var names = new[] { "first", "second", "first_index", "second_index" };
        float[][] backwards = new float[12][];
        for (int i = 11; i >= 0; i--) backwards[i] = Numbers(again.GetTensor(i), names);
        foreach (int workers in new[] { 1, 4 })
        {
            using var loader = utils.data.DataLoader(views, 6, shuffle: false, num_worker: workers, disposeDataset: false);
            int at = 0;
            foreach (var batch in loader)
            {
                for (int i = 0; i < 6; i++) Assert.Equal(backwards[at++], Numbers(batch.ToDictionary(part => part.Key, part => part.Value[i]), names));
            }

            Assert.Equal(12, at);
        }

        static float[] Numbers(Dictionary<string, Tensor> item, string[] names) =>
            [.. names.SelectMany(name => item[name].to_type(ScalarType.Float32).contiguous().flatten().data<float>().ToArray())];
    }

    [Fact]
    public void Epoch_seed_and_item_each_give_other_views()
    {
        using Scene scene = SyntheticScene.Generate(128, 128, SceneDomain.Urban, 1);
        using TwoViewDataset views = new([scene], Small), seeded = new([scene], Small with { Seed = 1 });
        byte[] first = views.Views(0).Second.Image.Samples;
        Assert.Equal(first, views.Views(0).Second.Image.Samples);
        Assert.NotEqual(first, views.Views(1).Second.Image.Samples);
        Assert.NotEqual(first, seeded.Views(0).Second.Image.Samples);
        views.Epoch = 1;
        Assert.NotEqual(first, views.Views(0).Second.Image.Samples);
    }

    [Fact]
    public void Each_image_gives_as_many_tiles_as_fit_into_it_or_its_share_of_a_given_number()
    {
        using Scene large = Banded(1, 130, 200, plus: 0), tile = Banded(1, 64, 64, plus: 128);
        using var views = new TwoViewDataset([large, tile], Small with { TilesPerEpoch = null });
        Assert.Equal(2 * 3 + 1, views.Count);
        Assert.All(Enumerable.Range(0, 6), i => Assert.True(views.Tile(i).Samples.Max() < 128));
        Assert.True(views.Tile(6).Samples.Min() >= 128);

        using var many = new TwoViewDataset([large, tile], Small with { TilesPerEpoch = 4000 });
        double share = Enumerable.Range(0, 4000).Count(i => many.Tile(i).Samples[0] >= 128) / 4000.0;
        Assert.Equal(64 * 64 / (130.0 * 200 + 64 * 64), share, 0.025);
    }

    [Fact]
    public void Tiles_come_from_everywhere_in_an_image()
    {
        // 7 places down and 5 across; samples say where a tile begins.
        using Scene scene = Banded(2, 70, 68);
        using var views = new TwoViewDataset([scene], Small with { TilesPerEpoch = 2000 });
        var starts = Enumerable.Range(0, 2000).Select(i => views.Tile(i)).CountBy(tile => (tile.Band(0)[0], tile.Band(1)[0])).ToArray();
        Assert.Equal(7 * 5, starts.Length);
        Assert.All(starts, start => Assert.InRange(start.Value, 25, 95));
    }

    [Fact]
    public void Rasters_of_other_types_are_scaled_and_unknown_samples_are_black()
    {
        using var folder = new TemporaryFolder();
        short[] samples = [.. Enumerable.Range(0, 64 * 64).Select(i => i == 70 ? (short)-9999 : (short)(1000 + i))];
        string path = folder.File("dem.tif");
        using (Tensor raster = tensor(samples, [1, 64, 64]))
            RasterWriter.WriteGeoTiff(path, new RasterSpec { Width = 64, Height = 64, Type = SampleType.Int16, NoData = -9999 }, raster);
        using var views = TwoViewDataset.Open([path], Small);
        byte[] tile = views.Tile(0).Samples;
        Assert.Equal((0, 0, 255), (tile[0], tile[70], tile[^1]));
        Assert.InRange(tile[2048], 126, 130);
        Assert.Contains("dem.tif", views.Provenance);
    }

    [Fact]
    public void Wrong_options_and_images_that_do_not_fit_are_refused_with_what_to_do()
    {
        using Scene small = Banded(3, 60, 100), other = Banded(2, 80, 80), fits = Banded(3, 80, 80);
        Assert.Contains("set TileSize to at most 60", Assert.Throws<ArgumentException>(() => new TwoViewDataset([small], Small)).Message);
        Assert.Contains("expected as many in each", Assert.Throws<ArgumentException>(() => new TwoViewDataset([fits, other], Small)).Message);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new TwoViewDataset([], Small)).Message);
        Assert.Contains("Size is 3", Assert.Throws<ArgumentException>(() => new TwoViewDataset([fits], Small with { Size = 3 })).Message);
        using var views = new TwoViewDataset([fits], Small);
        Assert.Throws<ArgumentOutOfRangeException>(() => views.GetTensor(12));
        Assert.Throws<ArgumentOutOfRangeException>(() => views.GetTensor(-1));
    }

    [Fact]
    public void The_default_scenes_are_bytes_of_three_bands_and_give_tiles_of_the_papers_size()
    {
        Installed.File("cbers", "cbers_rgb342_crop1.tif");
        Installed.File("olinda", "L7_ETMs.tif");
        using var scope = NewDisposeScope();
        using var views = TwoViewDataset.OfCatalog();
        Assert.Equal([0.0, 0, 0], views.Scaling.Low);
        Assert.Equal([255.0, 255, 255], views.Scaling.High);
        Assert.True(views.Count > 20, $"{views.Count} tiles");
        Assert.Equal([3, 224, 224], views.GetTensor(views.Count - 1)["second"].shape);
    }

    [Fact]
    public void A_Potsdam_tile_of_four_bands_is_taken_whole()
    {
        string path = SharedSamples.Files("potsdam_tile", "*RGBIR__36.tif")[0];
        using var scope = NewDisposeScope();
        using var views = TwoViewDataset.Open([path]);
        Assert.Equal(1, views.Count);
        using var raster = Raster.Open(path);
        Assert.Equal(raster.ReadArray<byte>(), views.Tile(0).Samples);
        Assert.Equal([4, 224, 224], views.GetTensor(0)["second"].shape);
    }

    /// <summary>Rows in even bands, columns in odd ones, modulo 128, plus a number.</summary>
    [Fact]
    public void Tiles_may_keep_to_places_where_all_pixels_are_known()
    {
        using Scene scene = Banded(1, 90, 100, plus: 1);
        bool[] known = [.. Enumerable.Range(0, 9000).Select(i => i % 100 < 70 && i != 1020)];
        SceneArrays partly = SceneArrays.Of(scene) with { Known = known };
        var options = new ViewOptions { TileSize = 32, Size = 16, TilesPerEpoch = 60 };
        // Unknown pixels become 0 as bytes, which nothing known is.
        using TwoViewDataset kept = new([partly], options, null, knownOnly: true), any = new([partly], options, null);
        Assert.All(Enumerable.Range(0, 60), i => Assert.DoesNotContain((byte)0, kept.Tile(i).Samples));
        Assert.Contains(Enumerable.Range(0, 60), i => any.Tile(i).Samples.Contains((byte)0));

        SceneArrays hardly = partly with { Known = [.. known.Select((_, i) => i % 20 == 0)] };
        Assert.Contains("has no place where all of 32x32 pixels are known", Assert.Throws<ArgumentException>(
            () => new TwoViewDataset([hardly], options, null, knownOnly: true)).Message);
    }

    private static Scene Banded(int bands, int height, int width, int plus = 0)
    {
        using var scope = NewDisposeScope();
        Tensor rows = arange(height, ScalarType.Float32).unsqueeze(1).expand(height, width).remainder(128) + plus;
        Tensor columns = arange(width, ScalarType.Float32).unsqueeze(0).expand(height, width).remainder(128) + plus;
        return new Scene
        {
            Name = $"{bands} bands", Image = stack([.. Enumerable.Range(0, bands).Select(band => band % 2 == 0 ? rows : columns)]).DetachFromDisposeScope(),
            BandNames = [.. Enumerable.Range(0, bands).Select(band => $"band {band}")], DisplayBands = [0, 0, 0],
            Legend = ClassLegend.None, Provenance = "drawn by the tests",
        };
    }
}
