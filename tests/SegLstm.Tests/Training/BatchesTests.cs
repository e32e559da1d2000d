using SegLstm.Data;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class BatchesTests
{
    [Fact]
    public void Every_image_comes_once_in_each_pass_and_the_passes_differ_in_order()
    {
        using var data = new NumberedTiles(10);
        var batches = new Batches(data, 5, new SeedStreams(1));
        int[] first = [.. Numbers(batches, 0), .. Numbers(batches, 1)], second = [.. Numbers(batches, 2), .. Numbers(batches, 3)];
        Assert.Equal(Enumerable.Range(0, 10), first.Order());
        Assert.Equal(Enumerable.Range(0, 10), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_batch_is_the_same_whenever_it_is_asked_for()
    {
        using var data = new NumberedTiles(7);
        var forward = new Batches(data, 4, new SeedStreams(9));
        var jumping = new Batches(data, 4, new SeedStreams(9));
        using var scope = NewDisposeScope();
        for (int b = 0; b < 6; b++) _ = forward[b, CPU];
        (Tensor image, Tensor label) = forward[6, CPU];
        (Tensor again, Tensor againLabel) = jumping[6, CPU];
        Assert.True(image.equal(again).all().item<bool>());
        Assert.True(label.equal(againLabel).all().item<bool>());
    }

    [Fact]
    public void Each_pass_over_a_tile_dataset_has_its_own_crops()
    {
        using var scope = NewDisposeScope();
        using var scene = Scenes.Stripes(40, 40);
        using var tiles = new TileDataset(
            scene, SpatialBlocks.Whole(40, 40, Split.Train), Split.Train, new TileOptions { Size = 8, RandomCrops = 4 });
        var batches = new Batches(tiles, 4, new SeedStreams(5));
        Tensor first = batches[0, CPU].Image, second = batches[1, CPU].Image;
        Assert.False(first.sum((long[])[1, 2, 3]).sort().Values.equal(second.sum((long[])[1, 2, 3]).sort().Values).all()
            .item<bool>());
        Assert.Equal(1, tiles.Epoch);
    }

    [Fact]
    public void An_empty_training_set_is_refused()
    {
        using var data = new NumberedTiles(0);
        Assert.Throws<ArgumentException>(() => new Batches(data, 1, new SeedStreams(0)));
    }

    private static int[] Numbers(Batches batches, long batch)
    {
        using var scope = NewDisposeScope();
        return [.. batches[batch, CPU].Label.narrow(1, 0, 1).narrow(2, 0, 1).flatten().data<long>().ToArray()
            .Select(v => (int)(v / 100))];
    }

    // Tile i holds 100 i, 100 i + 1 ... 100 i + 8 in its 3 x 3 pixels, in the image as in the label.
    private sealed class NumberedTiles(int count) : utils.data.Dataset
    {
        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            Tensor label = arange(100 * index, 100 * index + 9, dtype: ScalarType.Int64).view(3, 3);
            return new() { ["image"] = label.to_type(ScalarType.Float32).unsqueeze(0), ["label"] = label };
        }
    }
}
