using SegLstm.Models;
using SegLstm.Models.Swin;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Swin;

public sealed class SwinBackboneTests
{
    private static readonly SwinConfig Tiny = new()
    {
        Dim = 4, Depths = [2, 2], Heads = [1, 2], Window = 3, MlpRatio = 2, DropPathRate = 0,
    };

    [Theory]
    [InlineData("swin_tiny", 27_520_698, 60, 945)]
    [InlineData("swin_small", 48_838_602, 81, 1039)]
    [InlineData("swin_base", 86_745_016, 121, 1188)]
    public void With_upernet_it_has_the_published_cost(string name, long parameters, double millions, double gigaFlops)
    {
        using var scope = NewDisposeScope();
        using var model = Outline.Of(() => Catalog.Create(name, 150, 3, 512));
        Assert.Equal(parameters, Complexity.CountParameters(model.Backbone));
        // The table's multiply-adds are those of 512 x 2048 pixels; its parameters include the auxiliary head.
        var complexity = Complexity.Of(model, 512, 2048);
        Assert.Equal(millions, Math.Round(complexity.MegaParameters));
        Assert.InRange(complexity.GigaFlops, 0.98 * gigaFlops, 1.02 * gigaFlops);
    }

    [Fact]
    public void Names_are_mmsegmentations()
    {
        using var scope = NewDisposeScope();
        var names = new SwinBackbone(Tiny).state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        Assert.Equal([4, 3, 4, 4], names["patch_embed.projection.weight"]);
        Assert.Equal([25, 2], names["stages.1.blocks.0.attn.w_msa.relative_position_bias_table"]);
        Assert.Equal([9, 9], names["stages.0.blocks.1.attn.w_msa.relative_position_index"]);
        Assert.Equal([8, 4], names["stages.0.blocks.0.ffn.layers.0.0.weight"]);
        Assert.Equal([8, 16], names["stages.0.downsample.reduction.weight"]);
        Assert.Equal([8], names["norm1.bias"]);
        Assert.Equal(4 + (4 * 14) + 3 + 4, names.Count);
        Assert.DoesNotContain("norm0.bias", new SwinBackbone(Tiny, [1]).state_dict().Keys);
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(33, 20)]
    [InlineData(5, 70)]
    [InlineData(1, 1)]
    public void Images_of_any_size_run(long height, long width)
    {
        using var scope = NewDisposeScope();
        var maps = new SwinBackbone(Tiny).forward(randn([2, 3, height, width]));
        var (rows, columns) = ((height + 3) / 4, (width + 3) / 4);
        Assert.Equal([[2, 4, rows, columns], [2, 8, (rows + 1) / 2, (columns + 1) / 2]], maps.Select(map => map.shape));
    }

    [Fact]
    public void Merging_gathers_as_unfolding_does()
    {
        using var scope = NewDisposeScope();
        var (merging, x) = (new PatchMerging(3, unfolds: true), randn([2, 4, 6, 3]));
        var state = merging.state_dict();
        var columns = nn.functional.unfold(x.permute(0, 3, 1, 2).contiguous(), 2, stride: 2).transpose(1, 2);
        var normed = nn.functional.layer_norm(columns, [12], state["norm.weight"], state["norm.bias"], 1e-5);
        Close.Within(
            merging.forward(x).flatten(1, 2), nn.functional.linear(normed, state["reduction.weight"]), 1e-5, "unfolded");
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_it_is_right()
    {
        manual_seed(5);
        var model = new SwinBackbone(Tiny with { AbsolutePositions = true, Height = 32, Width = 24 });
        model.to(ScalarType.Float64);
        var image = randn([1, 3, 30, 26], dtype: ScalarType.Float64);
        var weights = model.forward(image).Select(map => randn_like(map)).ToArray();
        GradientCheck.Run(
            () => model.forward(image).Zip(weights, (map, weight) => (map * weight).sum()).Aggregate((a, b) => a + b),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), samples: 2);
    }

    [Fact]
    public void Activation_checkpointing_changes_neither_maps_nor_gradients()
    {
        using var scope = NewDisposeScope();
        var model = new SwinBackbone(Tiny with { DropPathRate = 0.5 }).to(ScalarType.Float64);
        model.train();
        var image = randn([4, 3, 32, 24], dtype: ScalarType.Float64);
        var plain = Run(false);
        var again = Run(true);
        Assert.All(plain.Zip(again), pair => Close.Within(pair.Second, pair.First, 1e-12, "checkpointed"));

        List<Tensor> Run(bool checkpointing)
        {
            manual_seed(3);
            model.zero_grad();
            model.ActivationCheckpointing = checkpointing;
            var maps = model.forward(image);
            (maps[0].square().sum() + maps[1].square().sum()).backward();
            return [.. maps, .. model.parameters().Select(parameter => parameter.grad!.clone())];
        }
    }

    [Fact]
    public void Stages_that_are_not_there_are_refused()
    {
        Assert.Contains("from 0 to 1, got [1, 0]",
            Assert.Throws<ArgumentException>(() => new SwinBackbone(Tiny, [1, 0])).Message);
        Assert.Contains("from 0 to 1, got [2]", Assert.Throws<ArgumentException>(() => new SwinBackbone(Tiny, [2])).Message);
    }
}
