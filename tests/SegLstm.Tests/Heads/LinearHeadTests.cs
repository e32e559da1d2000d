using SegLstm.Heads;
using SegLstm.Layers;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Heads;

public sealed class LinearHeadTests
{
    [Fact]
    public void Scores_are_a_1x1_convolution_of_the_maps_side_by_side()
    {
        using var scope = NewDisposeScope();
        var head = new LinearHead([3, 4, 5], classes: 2);
        Tensor[] maps = [randn([2, 3, 8, 12]), randn([2, 4, 4, 6]), randn([2, 5, 3, 2])];
        var wide = cat([.. maps.Select(map => Resizing.Bilinear(map, 8, 12))], 1);
        var state = head.state_dict();
        var expected = nn.functional.conv2d(wide, state["conv_seg.weight"], state["conv_seg.bias"]);
        Close.Within(head.forward(maps), expected, 1e-5, "scores");
        Assert.Equal(["conv_seg.bias", "conv_seg.weight"], state.Keys.Order());
        Assert.Equal(2 * (12 + 1), Complexity.CountParameters(head));
    }

    [Fact]
    public void One_map_can_be_probed_alone()
    {
        using var scope = NewDisposeScope();
        var head = new LinearHead([4], classes: 2, inputs: [1]);
        Assert.Equal([2, 2, 4, 6], head.forward([randn([2, 3, 8, 12]), randn([2, 4, 4, 6])]).shape);
    }

    [Fact]
    public void Training_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var head = new LinearHead([3], classes: 2);
        Tensor[] maps = [randn([2, 3, 4, 4])];
        var training = head.forward(maps);
        head.eval();
        Assert.Equal(0, Close.Error(head.forward(maps), training));
    }

    [Fact]
    public void Multiply_adds_match_a_hand_count()
    {
        using var scope = NewDisposeScope();
        var head = new LinearHead([3, 4], classes: 2);
        Assert.Equal((96 * 3 * 2) + (24 * 4 * 2) + (96 * 2) + (96 * 2 * 5), head.MultiplyAdds([96, 24]), 6);
    }

    [Fact]
    public void Maps_that_do_not_fit_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var head = new LinearHead([3, 4], classes: 2);
        Assert.Contains("feature map 1", Assert.Throws<ArgumentException>(() => head.forward([randn([1, 3, 2, 2])])).Message);
    }
}
