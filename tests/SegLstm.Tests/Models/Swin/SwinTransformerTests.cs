using SegLstm.Models;
using SegLstm.Models.Swin;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Swin;

public sealed class SwinTransformerTests
{
    private static readonly SwinConfig Tiny = new()
    {
        Dim = 8, Depths = [2, 2], Heads = [2, 4], Height = 16, Width = 32, PatchSize = 2, Window = 4, MlpRatio = 2,
    };

    [Theory]
    [InlineData(96, 6, 28_288_354, 4.49)]
    [InlineData(96, 18, 49_606_258, 8.75)]
    [InlineData(128, 18, 87_768_224, 15.44)]
    public void Published_sizes_have_the_published_cost(long dim, int depth, long parameters, double gigaFlops)
    {
        using var scope = NewDisposeScope();
        var heads = (int)(dim / 32);
        using var model = Outline.Of(() => new SwinTransformer(
            new() { Dim = dim, Depths = [2, 2, depth, 2], Heads = [heads, 2 * heads, 4 * heads, 8 * heads] }));
        Assert.Equal(parameters, Complexity.CountParameters(model));
        Assert.InRange(model.MultiplyAdds / 1e9, 0.98 * gigaFlops, 1.02 * gigaFlops);
    }

    [Fact]
    public void Names_are_microsofts_with_the_buffers()
    {
        using var scope = NewDisposeScope();
        var names = new SwinTransformer(Tiny with { AbsolutePositions = true }, 3).state_dict()
            .ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        Assert.Equal([1, 128, 8], names["absolute_pos_embed"]);
        Assert.Equal([49, 2], names["layers.0.blocks.1.attn.relative_position_bias_table"]);
        Assert.Equal([16, 16], names["layers.0.blocks.1.attn.relative_position_index"]);
        Assert.Equal([8, 16, 16], names["layers.0.blocks.1.attn_mask"]);
        Assert.Equal([16, 32], names["layers.0.downsample.reduction.weight"]);
        Assert.Equal([32], names["layers.0.downsample.norm.bias"]);
        Assert.DoesNotContain("layers.0.blocks.0.attn_mask", names.Keys);
        // Stage 1 has 4 x 8 tokens: no side is longer than a window, so nothing shifts.
        Assert.DoesNotContain("layers.1.blocks.1.attn_mask", names.Keys);
        Assert.Equal(5 + (4 * 14) + 1 + 3 + 4, names.Count);
    }

    [Fact]
    public void A_map_smaller_than_the_window_is_the_window()
    {
        using var scope = NewDisposeScope();
        var model = new SwinTransformer(Tiny with { Height = 16, Width = 16, Window = 8 }, 3);
        Assert.Equal([225, 2], model.state_dict()["layers.0.blocks.1.attn.relative_position_bias_table"].shape);
        Assert.Equal([49, 4], model.state_dict()["layers.1.blocks.1.attn.relative_position_bias_table"].shape);
        Assert.Equal([2, 3], model.forward(randn([2, 3, 16, 16])).shape);
    }

    [Fact]
    public void Shifted_windows_do_not_see_over_the_edge_of_the_image()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = Tiny with { Depths = [2], Heads = [2], Height = 32, Width = 16 };
        var model = new SwinTransformer(config, null).to(ScalarType.Float64);
        model.eval();
        var image = randn([1, 3, 32, 16], dtype: ScalarType.Float64);
        var before = model.StageOutputs(image)[0];
        image.narrow(2, 30, 2).add_(1);
        var changed = (model.StageOutputs(image)[0] - before).abs().sum([0, 2, 3]).data<double>().ToArray();
        // The last row of tokens is seen by its window, rows 12..15, and one shift later by rows 10..15; never by row 0.
        Assert.All(changed.Take(10), value => Assert.True(value < 1e-12));
        Assert.All(changed.Skip(10), value => Assert.True(value > 1e-6));
    }

    [Fact]
    public void Buffers_of_a_file_are_ignored_and_may_be_missing()
    {
        using var scope = NewDisposeScope();
        var model = new SwinTransformer(Tiny, 3);
        var state = model.state_dict();
        state.Remove("layers.0.blocks.0.attn.relative_position_index");
        state["layers.0.blocks.1.attn_mask"] = zeros([1]);
        state["layers.1.blocks.1.attn_mask"] = zeros([1]);
        model.load_state_dict(state);
        Assert.Equal(-100, model.state_dict()["layers.0.blocks.1.attn_mask"].min().item<float>());
    }

    [Fact]
    public void A_checkpoint_of_another_window_and_size_is_resized()
    {
        using var scope = NewDisposeScope();
        var source = new SwinTransformer(Tiny with { Width = 16, AbsolutePositions = true }, 3);
        var target = new SwinTransformer(Tiny with { Height = 8, Width = 8, Window = 2, AbsolutePositions = true }, 3);
        target.load_state_dict(source.state_dict());
        const string Table = "layers.0.blocks.1.attn.relative_position_bias_table";
        Assert.Equal(0, Close.Error(target.state_dict()[Table], SwinCheckpoint.ResizeTable(source.state_dict()[Table], 9)));
        Assert.Equal([1, 16, 8], target.state_dict()["absolute_pos_embed"].shape);
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_it_is_right()
    {
        manual_seed(5);
        var model = new SwinTransformer(Tiny with { AbsolutePositions = true }, 3);
        model.eval();
        model.to(ScalarType.Float64);
        var image = randn([1, 3, 16, 32], dtype: ScalarType.Float64);
        var weight = randn([1, 3], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (model.forward(image) * weight).sum(),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), samples: 2);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_would()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("whole windows of 7",
            Assert.Throws<ArgumentException>(() => new SwinTransformer(new() { Height = 256, Width = 256 })).Message);
        Assert.Contains(nameof(SwinBackbone), Assert.Throws<ArgumentException>(
            () => new SwinTransformer(Tiny, 3).forward(randn([1, 3, 32, 32]))).Message);
        var error = Assert.Throws<ArgumentException>(() => new SwinTransformer(Tiny with { Depths = [2], Dim = 7, Window = 0 }));
        Assert.Contains("[2]", error.Message);
        Assert.Contains("7 with [2, 4]", error.Message);
        Assert.Contains("Window", error.Message);
    }
}
