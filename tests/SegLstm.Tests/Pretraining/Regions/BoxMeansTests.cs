using SegLstm.Layers;
using SegLstm.Pretraining.Regions;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Regions;

public sealed class BoxMeansTests
{
    private static readonly long[] Edges = [0, 0, 3, 5, 7, 2, 12, 8, 4, 4, 4, 4, 0, 0, 12, 16];

    [Theory]
    [InlineData(17, 13)]
    [InlineData(5, 4)]
    [InlineData(1, 3)]
    public void They_are_the_means_over_the_map_resized_to_the_image(int height, int width)
    {
        using var scope = NewDisposeScope();
        var map = randn([2, 3, height, width], dtype: ScalarType.Float64);
        var boxes = tensor(Edges, [2, 2, 4]);
        var means = BoxMeans.Of(map, boxes, 17, 13);
        var large = Resizing.BilinearAligned(map, 17, 13);
        for (var (image, row) = (0, 0); image < 2; image++)
        {
            for (var box = 0; box < 2; box++, row++)
            {
                var at = boxes[image, box].data<long>().ToArray();
                var part = large[image].narrow(1, at[1], at[3] - at[1] + 1).narrow(2, at[0], at[2] - at[0] + 1);
                Close.Within(means[row], part.mean([1, 2]), 1e-12, $"image {image}, box {box}");
            }
        }
    }

    [Fact]
    public void Gradients_are_right()
    {
        var map = randn([2, 3, 5, 4], dtype: ScalarType.Float64).requires_grad_(true);
        var boxes = tensor(Edges, [2, 2, 4]);
        GradientCheck.Run(() => BoxMeans.Of(map, boxes, 17, 13).square().sum(), [("map", map)], samples: 20);
    }

    [Theory]
    [InlineData(0, 0, 13, 5)]
    [InlineData(-1, 0, 3, 5)]
    [InlineData(0, 0, 3, 17)]
    [InlineData(4, 0, 3, 5)]
    public void Boxes_that_reach_out_of_the_image_are_refused(long left, long top, long right, long bottom)
    {
        using var scope = NewDisposeScope();
        var boxes = tensor(new[] { left, top, right, bottom }, [1, 1, 4]);
        Assert.Throws<ArgumentException>(() => BoxMeans.Of(ones(1, 1, 17, 13), boxes, 17, 13));
    }
}
