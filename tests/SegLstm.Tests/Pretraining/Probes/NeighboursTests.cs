using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

public class NeighboursTests
{
    [Fact]
    public void Neighbours_are_by_angle_nearest_first_and_the_lower_row_of_equal_ones()
    {
        using var scope = NewDisposeScope();
        Tensor items = Points.Of([1, 0], [0, 5], [1, 1], [100, 0], [-1, 0]);
        var found = Neighbours.Of(Points.Of([2, 0], [0, -1]), items, 3);
        Assert.Equal([0, 3, 2], found[0].Select(n => n.Item));
        Assert.Equal([1, 1, Math.Sqrt(0.5)], found[0].Select(n => Math.Round(n.Similarity, 14)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0, 3, 4], found[1].Select(n => n.Item));
    }

    [Fact]
    public void An_item_is_no_neighbour_of_its_own_though_its_double_is()
    {
        using var scope = NewDisposeScope();
        Tensor items = Points.Of([1, 0], [0, 5], [2, 0], [1, 1]);
        Assert.Equal([2, 3, 1], Neighbours.Of(items, query: 0, 3).Select(n => n.Item));
        Assert.Equal([0, 3], Neighbours.Of(items, query: 2, 2).Select(n => n.Item));
        Assert.Contains("expected 1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => Neighbours.Of(items, 0, 4)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Neighbours.Of(items, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Neighbours.Of(items, items, 5));
    }
}
