using SegLstm.Data;
using SegLstm.Data.Synthetic;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data;

public sealed class TileDatasetTests
{
    [Fact]
    public void Tiles_are_float_images_and_long_labels_of_one_size()
    {
        using var scope = NewDisposeScope();
        using var scene = SyntheticScene.Generate(120, 150, SceneDomain.Urban, 1);
        var blocks = SpatialBlocks.Checkerboard(120, 150, 30, 30);
        using var tiles = new TileDataset(scene, blocks, Split.Train, new TileOptions { Size = 48, RandomCrops = 7 });
        Assert.Equal(7, tiles.Count);
        for (long i = 0; i < tiles.Count; i++)
        {
            var item = tiles.GetTensor(i);
            Assert.Equal([3, 48, 48], item["image"].shape);
            Assert.Equal([48, 48], item["label"].shape);
            Assert.Equal((ScalarType.Float32, ScalarType.Int64), (item["image"].dtype, item["label"].dtype));
            Assert.True(item["label"].ne(255).any().item<bool>());
        }
    }

    [Fact]
    public void A_tile_holds_what_the_scene_holds_less_the_mean()
    {
        using var scope = NewDisposeScope();
        using var scene = SyntheticScene.Generate(64, 64, SceneDomain.Rural, 1);
        var whole = SpatialBlocks.Whole(64, 64, Split.Test);
        using var tiles = new TileDataset(scene, whole, Split.Test, new TileOptions { Size = 64 }, new BandStatistics([100, 90, 80], [50, 40, 20]));
        var item = tiles.GetTensor(0);
        var mean = tensor(new float[] { 100, 90, 80 }).view(3, 1, 1);
        var std = tensor(new float[] { 50, 40, 20 }).view(3, 1, 1);
        Assert.True(item["image"].sub((scene.Image - mean) / std).abs().max().item<float>() < 1e-5f);
        Assert.True(item["label"].eq(scene.Label!).all().item<bool>());
    }

    [Fact]
    public void The_epoch_moves_random_crops_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        using var scene = SyntheticScene.Generate(100, 100, SceneDomain.Urban, 1);
        var whole = SpatialBlocks.Whole(100, 100, Split.Train);
        using var tiles = new TileDataset(scene, whole, Split.Train, new TileOptions { Size = 20, RandomCrops = 3 });
        float[] Read() => tiles.GetTensor(1)["image"].data<float>().ToArray();
        float[] first = Read();
        tiles.Epoch = 1;
        Assert.NotEqual(first, Read());
        tiles.Epoch = 0;
        Assert.Equal(first, Read());
    }

    [Fact]
    public void Legend_and_provenance_come_along_and_bad_indices_do_not()
    {
        using var scene = SyntheticScene.Generate(40, 40, SceneDomain.Urban, 1);
        using var tiles = new TileDataset(scene, SpatialBlocks.Whole(40, 40, Split.Train), Split.Train, new TileOptions { Size = 20 });
        Assert.Equal((SyntheticScene.Legend, 255, scene.Provenance), (tiles.Legend, tiles.Legend.IgnoreIndex, tiles.Provenance));
        Assert.Equal(4, tiles.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => tiles.GetTensor(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => tiles.GetTensor(-1));
    }

    [Fact]
    public void A_loader_batches_tiles()
    {
        using var scope = NewDisposeScope();
        using var scene = SyntheticScene.Generate(64, 64, SceneDomain.Urban, 1);
        using var tiles = new TileDataset(scene, SpatialBlocks.Whole(64, 64, Split.Train), Split.Train, new TileOptions { Size = 32 });
        using var loader = utils.data.DataLoader(tiles, 2, shuffle: false);
        Assert.All(loader, batch => Assert.Equal([2, 3, 32, 32], batch["image"].shape));
        Assert.Equal(2, loader.Count);
    }
}
