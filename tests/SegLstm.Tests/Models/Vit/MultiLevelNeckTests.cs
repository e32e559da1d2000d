using SegLstm.Models.Vit;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Vit;

public sealed class MultiLevelNeckTests
{
    [Fact]
    public void Maps_become_a_pyramid_under_mmsegmentations_names()
    {
        using var scope = NewDisposeScope();
        var neck = new MultiLevelNeck([5, 5, 5, 5], 3, [4, 2, 1, 0.5]);
        var maps = neck.forward([.. Enumerable.Range(0, 4).Select(_ => randn([2, 5, 6, 4]))]);
        Assert.Equal([[2, 3, 24, 16], [2, 3, 12, 8], [2, 3, 6, 4], [2, 3, 3, 2]], maps.Select(map => map.shape));
        Assert.Equal([3, 5, 1, 1], neck.state_dict()["lateral_convs.3.conv.weight"].shape);
        Assert.Equal([3, 3, 3, 3], neck.state_dict()["convs.0.conv.weight"].shape);
        Assert.Equal(16, neck.state_dict().Count);
    }

    [Fact]
    public void One_map_serves_all_factors()
    {
        using var scope = NewDisposeScope();
        var neck = new MultiLevelNeck([5], 3, [2, 1]);
        Assert.Equal([[1, 3, 8, 6], [1, 3, 4, 3]], neck.forward([randn([1, 5, 4, 3])]).Select(map => map.shape));
    }

    [Fact]
    public void Multiply_adds_match_a_hand_count()
    {
        using var scope = NewDisposeScope();
        // 1x1 convolutions on 24 pixels, 3x3 convolutions on 96 and 24; biases and four a value for the resizing.
        var expected = (2 * 24 * 3 * 6) + ((96 + 24) * 3 * (27 + 1 + 4));
        Assert.Equal(expected, new MultiLevelNeck([5, 5], 3, [2, 1]).MultiplyAdds(24));
    }

    [Fact]
    public void Other_numbers_of_maps_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("got 2 and 3",
            Assert.Throws<ArgumentException>(() => new MultiLevelNeck([5, 5], 3, [2, 1, 0.5])).Message);
        Assert.Contains("positive", Assert.Throws<ArgumentException>(() => new MultiLevelNeck([5], 3, [2, -1])).Message);
        Assert.Contains("Expected 2 feature maps, got 1", Assert.Throws<ArgumentException>(
            () => new MultiLevelNeck([5, 5], 3, [2, 1]).forward([randn([1, 5, 4, 3])])).Message);
    }
}
