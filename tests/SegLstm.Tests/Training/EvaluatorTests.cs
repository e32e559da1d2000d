using SegLstm.Data;
using SegLstm.Metrics;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class EvaluatorTests
{
    [Fact]
    public void Every_labelled_pixel_of_the_split_is_counted_once()
    {
        using Scene scene = Scenes.Stripes(40, 52);
        SpatialBlocks blocks = SpatialBlocks.Checkerboard(40, 52, 13, 9);
        using var tiles = new TileDataset(scene, blocks, Split.Test, new TileOptions { Size = 16, Context = true });
        using var model = nn.Conv2d(2, 3, 1);
        long told = 0;
        ConfusionMatrix matrix = Evaluator.Evaluate(model, tiles, 3, 255, done => told = done);
        Assert.Equal(blocks.Blocks(Split.Test).Sum(w => (long)w.Width * w.Height), matrix.Total);
        Assert.Equal(tiles.Count, told);
        Assert.False(model.training);
    }

    [Fact]
    public void A_model_that_always_says_one_class_is_right_where_that_class_is()
    {
        using Scene scene = Scenes.Stripes(32, 32);
        using var tiles = new TileDataset(
            scene, SpatialBlocks.Whole(32, 32, Split.Train), Split.Train, new TileOptions { Size = 32 });
        using var model = nn.Conv2d(2, 3, 1);
        using (no_grad())
        {
            model.weight.zero_();
            model.bias!.copy_(tensor(new float[] { 0, 5, 0 }));
        }

        ConfusionMatrix matrix = Evaluator.Evaluate(model, tiles, 3, 255);
        Assert.Equal(matrix.Total, matrix.Predictions(1));
        Assert.Equal(scene.Label!.eq(1).sum().item<long>(), matrix.Hits(1));
    }
}
