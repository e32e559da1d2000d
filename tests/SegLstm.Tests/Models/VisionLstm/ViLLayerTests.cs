using SegLstm.Layers;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VisionLstm;

public sealed class ViLLayerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_reversed_direction_is_the_forward_one_on_turned_tokens(int version)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = version == 1 ? ViLLayerConfig.V1(8) : ViLLayerConfig.V2(8) with { Grid = new TokenGrid(3, 5) };
        var forward = new ViLLayer(config);
        var reversed = new ViLLayer(config with { Direction = Traversal.RowwiseFromBottomRight });
        reversed.load_state_dict(forward.state_dict());
        var x = randn([2, 15, 8]);
        Close.Within(reversed.forward(x), forward.forward(x.flip(1)).flip(1), 1e-6, "turned round");
    }

    [Fact]
    public void The_first_release_reads_the_past_only_and_the_second_sees_a_neighbourhood()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var x = randn([1, 15, 8]);
        var changed = x.clone();
        changed.narrow(1, 10, 5).add_(1);
        var past = new ViLLayer(ViLLayerConfig.V1(8));
        Close.Within(past.forward(changed).narrow(1, 0, 10), past.forward(x).narrow(1, 0, 10), 1e-6, "tokens before the change");
        var image = new ViLLayer(ViLLayerConfig.V2(8) with { Grid = new TokenGrid(3, 5) });
        Assert.True(Close.Error(image.forward(changed).narrow(1, 5, 5), image.forward(x).narrow(1, 5, 5)) > 1e-4,
            "the row above the change");
    }

    [Fact]
    public void A_pair_is_its_two_sub_blocks_in_order()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var pair = new ViLBlockPair(ViLLayerConfig.V2(8) with { Grid = new TokenGrid(2, 3) });
        var x = randn([1, 6, 8]);
        Close.Within(pair.forward(x), pair.SubBlocks[1].forward(pair.SubBlocks[0].forward(x)), 1e-6, "pair");
        Assert.Equal(Traversal.RowwiseFromBottomRight, pair.SubBlocks[1].Config.Direction);
    }

    [Fact]
    public void Bad_layers_are_refused_with_all_reasons()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new ViLLayer(ViLLayerConfig.V2(7) with { ConvKernelSize = 4, Version = 1 }));
        Assert.Contains("multiple of QkvBlockSize", error.Message);
        Assert.Contains("causal convolution only", error.Message);
        Assert.Contains("odd", error.Message);
    }

    [Theory]
    [InlineData(Alternation.Bidirectional, 4)]
    [InlineData(Alternation.Quaddirectional, 4)]
    public void Layers_of_the_training_code_turn_with_their_index(Alternation alternation, int indexes)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var layer = new MlstmLayer(new MlstmLayerConfig { Dim = 8, InnerDim = 16, Alternation = alternation });
        var plain = new MlstmLayer(new MlstmLayerConfig { Dim = 8, InnerDim = 16 });
        plain.load_state_dict(layer.state_dict());
        var x = randn([1, 16, 8]);
        for (var index = 0; index < indexes; index++)
        {
            var direction = alternation == Alternation.Bidirectional ? index % 2 : index;
            Close.Within(layer.forward(x, index), Back(plain.forward(Turn(x, direction), 0), direction), 1e-6, $"index {index}");
        }

        static Tensor Columns(Tensor t) => t.view(1, 4, 4, 8).transpose(1, 2).reshape(1, 16, 8);
        static Tensor Turn(Tensor t, int direction) =>
            direction switch { 0 => t, 1 => t.flip(1), 2 => Columns(t), _ => Columns(t).flip(1) };
        static Tensor Back(Tensor t, int direction) =>
            direction switch { 0 => t, 1 => t.flip(1), 2 => Columns(t), _ => Columns(t.flip(1)) };
    }

    [Fact]
    public void By_columns_a_layer_reads_the_transposed_picture_whatever_its_sides()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = new MlstmLayerConfig
        {
            Dim = 8, InnerDim = 16, Convolution = ConvolutionKind.TwoDimensional, ConvKernelSize = 3,
        };
        var layer = new MlstmLayer(config with { Alternation = Alternation.Quaddirectional });
        var plain = new MlstmLayer(config);
        plain.load_state_dict(layer.state_dict());
        var (grid, turned) = (new TokenLayout(new TokenGrid(3, 5)), new TokenLayout(new TokenGrid(5, 3)));
        var x = randn([1, 15, 8]);
        var down = turned.ToColumns(plain.forward(grid.ToColumns(x), 0, turned));
        Close.Within(layer.forward(x, 2, grid), down, 1e-6, "columns");
        var up = turned.ToColumns(plain.forward(grid.ToColumns(x).flip(1), 0, turned).flip(1));
        Close.Within(layer.forward(x, 3, grid), up, 1e-6, "columns reversed");
    }

    [Fact]
    public void Four_directions_with_the_same_parameters_are_the_sum_of_four_layers()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = new MlstmLayerConfig { Dim = 8, InnerDim = 16 };
        var together = new MlstmLayer(config with { Quaddirectional = true, ShareDirections = true });
        var inTurn = new MlstmLayer(config with { Alternation = Alternation.Quaddirectional });
        inTurn.load_state_dict(together.state_dict());
        var (layout, x) = (new TokenLayout(new TokenGrid(3, 2), 2, 7), randn([2, 8, 8]));
        var sum = Enumerable.Range(0, 4).Select(index => inTurn.forward(x, index, layout)).Aggregate((a, b) => a + b);
        Close.Within(together.forward(x, 0, layout), sum, 1e-5, "sum");
    }

    [Fact]
    public void Directions_in_one_layer_may_share_their_parameters()
    {
        using var scope = NewDisposeScope();
        var own = new MlstmLayer(new MlstmLayerConfig { Dim = 8, InnerDim = 16, Quaddirectional = true });
        var shared = new MlstmLayer(
            new MlstmLayerConfig { Dim = 8, InnerDim = 16, Quaddirectional = true, ShareDirections = true });
        Assert.Equal(14 - 1, shared.state_dict().Count);
        Assert.Equal(13 + (3 * 11), own.state_dict().Count);
        Assert.Contains("conv1d_du.conv.weight", own.state_dict().Keys);
        own.forward(randn([1, 16, 8]), 0).sum().backward();
        Assert.All(own.parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.Throws<ArgumentException>(() => own.forward(randn([1, 15, 8]), 0));
    }

    [Fact]
    public void The_training_code_rounds_the_inner_width_up_to_sixty_four()
    {
        Assert.Equal(64, new MlstmLayerConfig { Dim = 8 }.Inner);
        Assert.Equal(384, new MlstmLayerConfig { Dim = 192 }.Inner);
    }

    [Theory]
    [InlineData(16, new[] { 20, 10, 5, 2 })]
    [InlineData(8, new[] { 10, 5, 2, 1 })]
    public void The_feature_pyramid_has_four_strides(long patch, int[] sizes)
    {
        using var scope = NewDisposeScope();
        var pyramid = new FeaturePyramid(6, patch);
        var maps = pyramid.forward([.. Enumerable.Range(0, 4).Select(_ => randn([1, 6, 5, 5]))]);
        Assert.Equal(sizes, maps.Select(map => (int)map.shape[2]));
        Assert.Throws<ArgumentException>(() => new FeaturePyramid(6, 4));
        var smallest = pyramid.forward([.. Enumerable.Range(0, 4).Select(_ => randn([1, 6, 1, 3]))]);
        Assert.Equal([1, 6, 1, 1], smallest[3].shape);
    }
}
