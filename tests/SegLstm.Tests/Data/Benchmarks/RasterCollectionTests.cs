using SegLstm.Data;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.Benchmarks;

public sealed class RasterCollectionTests : RasterFolder
{
    [Fact]
    public void LoveDA_is_read_in_its_layout()
    {
        var set = LoveDa.Open(Path.Combine(SharedSamples.Folder("layouts_torchgeo"), "loveda"));
        Assert.Equal((2, 2, 2), (set.Of(Split.Train).Count, set.Of(Split.Validation).Count, set.Of(Split.Test).Count));
        Assert.Equal(["Urban", "Rural"], set.Of(Split.Train).Select(i => i.Domain));
        Assert.All(set.Of(Split.Test), item => Assert.Null(item.LabelPath));
        CheckAll(set, 3, 7);
        Assert.Equal(3, LoveDa.Open(Path.Combine(SharedSamples.Folder("layouts_torchgeo"), "loveda"), "Rural").Items.Count);
    }

    [Fact]
    public void Potsdam_is_read_in_its_layout()
    {
        var set = Isprs.OpenPotsdam(Path.Combine(SharedSamples.Folder("layouts_torchgeo"), "potsdam"));
        Assert.Equal(["top_potsdam_2_10", "top_potsdam_2_11"], set.Of(Split.Train).Select(i => i.Name));
        Assert.Equal(["top_potsdam_5_15", "top_potsdam_6_15"], set.Of(Split.Test).Select(i => i.Name));
        CheckAll(set, 4, 6);
    }

    [Fact]
    public void Vaihingen_is_read_in_its_layout()
    {
        var set = Isprs.OpenVaihingen(Path.Combine(SharedSamples.Folder("layouts_torchgeo"), "vaihingen"));
        Assert.Equal((2, 2), (set.Of(Split.Train).Count, set.Of(Split.Test).Count));
        CheckAll(set, 3, 6);
    }

    [Fact]
    public void DeepGlobe_is_read_in_its_layout()
    {
        var set = DeepGlobe.Open(Path.Combine(SharedSamples.Folder("layouts_torchgeo"), "deepglobelandcover"));
        Assert.Equal((3, 3), (set.Of(Split.Train).Count, set.Of(Split.Test).Count));
        CheckAll(set, 3, 6);
    }

    [Fact]
    public void LoveDA_labels_move_down_by_one_and_no_data_is_ignored()
    {
        Mask("Train/Urban", [0, 1, 2, 7]);
        Assert.Equal([255, 0, 1, 6], LoveDa.Open(At(".")).LoadArrays(LoveDa.Open(At(".")).Items[0]).Labels!);
        Mask("Train/Urban", [0, 1, 2, 8]);
        var error = Assert.Throws<InvalidDataException>(() => LoveDa.Open(At(".")).LoadArrays(LoveDa.Open(At(".")).Items[0]));
        Assert.Contains("label 8 at column 1, row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Isprs_colours_become_classes_in_the_usual_order_and_borders_are_ignored()
    {
        Directory.CreateDirectory(At("top"));
        byte[] colors = [255, 0, 0, 0, 255, 255, 0, 255, 0, 255, 255, 0, 0, 0]; // red, then green, then blue of seven pixels
        Put("top/top_mosaic_09cm_area1.tif", new RasterSpec { Width = 7, Height = 1, Bands = 3 }, new byte[21]);
        Put(
            "top_mosaic_09cm_area1.tif", new RasterSpec { Width = 7, Height = 1, Bands = 3 },
            [.. colors[..7], .. new byte[] { 255, 0, 255, 255, 255, 0, 0 }, .. new byte[] { 255, 255, 255, 0, 0, 0, 0 }]);
        var set = Isprs.OpenVaihingen(At("."));
        Assert.Equal([0, 1, 2, 3, 4, 5, 255], set.LoadArrays(set.Items[0]).Labels!);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("zenodo", Assert.Throws<DirectoryNotFoundException>(() => LoveDa.Open(At("."))).Message, StringComparison.Ordinal);
        Mask("Train/Urban", [0, 1, 2, 3]);
        File.Delete(At("Train/Urban/masks_png/1.png"));
        Assert.Contains("masks_png", Assert.Throws<FileNotFoundException>(() => LoveDa.Open(At("."))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LoveDa.Open(At("."), "Suburban"));
    }

    [Fact]
    public void The_grid_of_a_collection_shows_every_pixel_once()
    {
        using var scope = NewDisposeScope();
        byte[] labels = [.. Enumerable.Range(0, 23 * 17).Select(i => (byte)(1 + i % 7))];
        Pair("Train/Urban", "1", 23, 17, labels);
        Pair("Train/Rural", "2", 9, 30, [.. Enumerable.Repeat((byte)3, 270)]);
        var set = LoveDa.Open(At("."));
        using var tiles = new CollectionDataset(set, Split.Train, new TileOptions { Size = 10 }, set.Measure());
        Assert.Equal(6 + 3, tiles.Count);
        long[] shown = new long[7];
        for (long i = 0; i < tiles.Count; i++)
        {
            var item = tiles.GetTensor(i);
            Assert.Equal([3, 10, 10], item["image"].shape);
            foreach (long label in item["label"].data<long>().ToArray().Where(l => l != 255))
                shown[label]++;
        }

        long[] expected = [.. Enumerable.Range(0, 7).Select(c => labels.LongCount(l => l == c + 1) + (c == 2 ? 270 : 0))];
        Assert.Equal(expected, shown);
    }

    [Fact]
    public void Random_crops_of_a_collection_repeat_by_seed_epoch_and_index()
    {
        using var scope = NewDisposeScope();
        Pair("Train/Urban", "1", 40, 40, [.. Enumerable.Range(0, 1600).Select(i => (byte)(1 + i / 229))]);
        var set = LoveDa.Open(At("."));
        using var tiles = new CollectionDataset(set, Split.Train, new TileOptions { Size = 12, RandomCrops = 50, Seed = 3 }, new BandStatistics([0, 0, 0], [1, 1, 1]));
        float[] Read(long index) => tiles.GetTensor(index)["image"].data<float>().ToArray();
        Assert.Equal(Read(4), Read(4));
        Assert.NotEqual(Read(4), Read(5));
        float[] first = Read(4);
        tiles.Epoch = 1;
        Assert.NotEqual(first, Read(4));
        Assert.Throws<ArgumentException>(() => new CollectionDataset(set, Split.Test, new TileOptions { Size = 12 }, tiles.Statistics));
    }

    private static void CheckAll(RasterCollection set, int bands, int classes)
    {
        Assert.Equal(classes, set.Legend.Count);
        foreach (var item in set.Items)
        {
            var scene = set.LoadArrays(item);
            Assert.Equal(bands, scene.Bands);
            Assert.All(scene.Labels ?? [], l => Assert.True(l == 255 || l < classes));
        }

        Assert.All(set.Measure().Std, s => Assert.True(s > 0));
    }

    private void Mask(string place, byte[] labels) => Pair(place, "1", 2, 2, labels);

    private void Pair(string place, string name, int width, int height, byte[] labels)
    {
        Directory.CreateDirectory(At($"{place}/images_png"));
        Directory.CreateDirectory(At($"{place}/masks_png"));
        byte[] planes = new byte[3 * width * height];
        new Random(1).NextBytes(planes);
        File.WriteAllBytes(At($"{place}/images_png/{name}.png"), Png.Encode(planes, 3, height, width));
        File.WriteAllBytes(At($"{place}/masks_png/{name}.png"), Png.Encode(labels, 1, height, width));
    }
}
