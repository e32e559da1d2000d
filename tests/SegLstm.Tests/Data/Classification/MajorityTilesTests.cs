using SegLstm.Data;
using SegLstm.Data.Classification;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.Classification;

public sealed class MajorityTilesTests
{
    [Fact]
    public void A_tile_has_the_class_of_most_of_its_labelled_pixels_and_the_first_of_those_that_are_level()
    {
        // Tiles of 4 x 4: three quarters of class 1; half each; one labelled pixel of class 2.
        byte[] labels = new byte[4 * 12];
        Array.Fill(labels, (byte)255);
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 4; x++)
            {
                labels[y * 12 + x] = (byte)(x == 0 ? 0 : 1);
                labels[y * 12 + 4 + x] = (byte)(x < 2 ? 2 : 1);
            }
        }

        labels[8] = 2;
        Scene scene = new SceneArrays
        {
            Name = "three", Height = 4, Width = 12, Image = new float[48], BandNames = ["one"], DisplayBands = [0, 0, 0], Labels = labels,
            Legend = ClassColors.Legend(["a", "b", "c"]), Provenance = "made here",
        }.ToScene();
        using (scene)
        {
            using var tiles = new MajorityTiles(new TileDataset(
                scene, SpatialBlocks.Checkerboard(4, 12, 4, 12), Split.Train, new TileOptions { Size = 4 }));
            Assert.Equal([1, 1, 2], Enumerable.Range(0, 3).Select(i => tiles.GetTensor(i)["label"].item<long>()));
        }
    }

    [Fact]
    public void Tiles_of_a_scene_are_counted_split_by_split()
    {
        Scene scene = SceneCatalog.Load("synthetic-rural");
        using var data = new SceneTileData(
            scene, SpatialBlocks.Checkerboard(scene.Height, scene.Width, 128, 128, 0.25), 64, least: 8, seed: 0);
        // 32 black blocks, a quarter of which validates, and 32 white ones, of four tiles each.
        Assert.Equal((96, 32, 128), (data.Counts(Split.Train).Sum(), data.Counts(Split.Validation).Sum(), data.Counts(Split.Test).Sum()));
        Assert.Equal(Split.Test, data.Reported);
        using utils.data.Dataset training = data.Of(Split.Train)!;
        using var scope = NewDisposeScope();
        Assert.Equal([data.Bands.Count, 64, 64], training.GetTensor(0)["image"].shape);
    }
}
