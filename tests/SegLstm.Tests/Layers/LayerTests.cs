using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public sealed class LayerTests
{
    [Fact]
    public void A_headwise_map_is_a_dense_map_with_a_block_diagonal_matrix()
    {
        using var scope = NewDisposeScope();
        var layer = new HeadwiseLinear(12, 4, hasBias: true, std: 1);
        var (weight, bias) = (layer.get_parameter("weight")!, layer.get_parameter("bias")!);
        using var no = no_grad();
        bias.copy_(randn([12]));
        var dense = zeros([12, 12]);
        for (var block = 0; block < 3; block++)
        {
            dense.narrow(0, 4 * block, 4).narrow(1, 4 * block, 4).copy_(weight[block]);
        }

        var x = randn([2, 5, 12]);
        Close.Within(layer.forward(x), nn.functional.linear(x, dense, bias), 1e-6, "block diagonal");
        Assert.Throws<ArgumentException>(() => new HeadwiseLinear(10, 4, hasBias: false, std: 1));
    }

    [Fact]
    public void The_last_tap_of_a_causal_convolution_multiplies_the_current_token()
    {
        using var scope = NewDisposeScope();
        var layer = new CausalConv1d(3, 4, hasBias: false);
        var weight = layer.get_parameter("conv.weight")!;
        Assert.Equal([3, 1, 4], weight.shape);
        using var no = no_grad();
        weight.zero_();
        weight.select(2, 3).fill_(2);
        weight.select(2, 0).fill_(5);
        var x = randn([1, 6, 3]);
        var expected = x * 2;
        expected.narrow(1, 3, 3).add_(x.narrow(1, 0, 3) * 5);
        Close.Within(layer.forward(x), expected, 1e-6, "tap 3 now, tap 0 three tokens ago");
    }

    [Fact]
    public void A_sequence_convolution_sees_the_grid_and_not_the_sequence()
    {
        using var scope = NewDisposeScope();
        var layer = new SequenceConv2d(2, 3, hasBias: false);
        using var no = no_grad();
        var weight = layer.get_parameter("weight")!;
        weight.zero_();
        weight.select(2, 0).select(2, 1).fill_(1);
        var x = randn([1, 12, 2]);
        var y = layer.forward(x, new TokenGrid(4, 3));
        Close.Within(y.narrow(1, 3, 9), x.narrow(1, 0, 9), 1e-6, "the upper tap copies the row above");
        Assert.Equal(0, y.narrow(1, 0, 3).abs().max().item<float>());
        Assert.Contains("12 tokens", Assert.Throws<ArgumentException>(() => layer.forward(x, new TokenGrid(3, 3))).Message);
        Assert.Contains("no square", Assert.Throws<ArgumentException>(() => layer.forward(x, null)).Message);
        Assert.Throws<ArgumentException>(() => new SequenceConv2d(2, 4));
    }

    [Fact]
    public void A_fresh_residual_norm_is_an_ordinary_layer_norm()
    {
        using var scope = NewDisposeScope();
        var x = randn([2, 3, 8]) * 5 + 1;
        Close.Within(new ResidualLayerNorm(8, hasBias: true).forward(x), nn.functional.layer_norm(x, [8]), 1e-6,
            "weight 0 is the multiplier 1");
    }

    [Fact]
    public void A_headwise_norm_normalises_each_head_of_each_token_alone()
    {
        using var scope = NewDisposeScope();
        var x = randn([2, 3, 5, 4]);
        var layer = new HeadwiseLayerNorm(12, hasBias: false);
        var y = layer.forward(x);
        var expected = nn.functional.layer_norm(x, [4]).transpose(1, 2).reshape(2, 5, 12);
        Close.Within(y, expected, 1e-5, "norm over the head width");
    }

    [Fact]
    public void The_resized_position_embedding_of_the_same_grid_is_the_embedding()
    {
        using var scope = NewDisposeScope();
        var embed = randn([1, 4, 5, 3]);
        Close.Within(PositionEmbedding.Resize(embed, new TokenGrid(4, 5)), embed, 1e-6, "same size");
        Assert.Equal([1, 7, 2, 3], PositionEmbedding.Resize(embed, new TokenGrid(7, 2)).shape);
        var constant = full([1, 4, 5, 3], 2.5);
        Close.Within(PositionEmbedding.Resize(constant, new TokenGrid(9, 3)), full([1, 9, 3, 3], 2.5), 1e-6, "a constant stays");
    }

    [Fact]
    public void Patches_are_cut_row_by_row_and_other_sizes_are_refused()
    {
        using var scope = NewDisposeScope();
        var layer = new PatchEmbedding(2, 6, 4);
        Assert.Equal([3, 2, 5, 6], layer.forward(randn([3, 2, 8, 20])).shape);
        Assert.Equal(new TokenGrid(3, 3), new PatchEmbedding(1, 4, 8, stride: 4).GridOf(16, 16));
        Assert.Contains("multiples of the patch size 4",
            Assert.Throws<ArgumentException>(() => layer.forward(randn([1, 2, 9, 8]))).Message);
        Assert.Throws<ArgumentException>(() => layer.forward(randn([1, 3, 8, 8])));
    }

    [Fact]
    public void Poolings_take_what_their_names_say()
    {
        using var scope = NewDisposeScope();
        var x = arange(0, 24, dtype: ScalarType.Float32).view(1, 12, 2);
        Assert.Equal([12f, 13f], TokenPooling.Middle(x, 1).data<float>().ToArray());
        Assert.Equal([10f, 11f, 12f, 13f], TokenPooling.Middle(x, 2).data<float>().ToArray());
        Assert.Equal([0f, 1f, 22f, 23f], TokenPooling.BilateralFlatten(x).data<float>().ToArray());
        Assert.Equal([11f, 12f], TokenPooling.BilateralMean(x).data<float>().ToArray());
        Assert.Equal([11f, 12f], TokenPooling.Mean(x).data<float>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenPooling.Middle(x, 13));
        Assert.Throws<ArgumentException>(() => TokenPooling.ToImage(x, new TokenGrid(3, 3)));
    }
}
