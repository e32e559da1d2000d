using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Models.Dpt;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Dpt;

public sealed class DptEncoderTests
{
    private static readonly DptConfig Tiny = new()
    {
        Dim = 8, Depth = 5, Heads = 2, GridSide = 3, Hooks = [0, 1, 3, 4], Reassembled = [2, 3, 4, 5], Channels = 4,
    };

    [Theory]
    [InlineData(16, 64, 64)]
    [InlineData(16, 32, 96)]
    [InlineData(32, 64, 96)]
    public void Maps_are_a_pyramid_for_both_patch_sizes(int patch, long height, long width)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var backbone = new DptEncoder(Tiny with { PatchSize = patch });
        var maps = backbone.forward(randn([2, 4, height, width]));
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal([2, 2 + k, height / (4 << k), width / (4 << k)], maps[k].shape);
        }
    }

    [Fact]
    public void It_has_the_parameters_that_follow_from_its_layers()
    {
        using var scope = NewDisposeScope();
        using var backbone = new DptEncoder(Tiny with { Channels = 3 });
        const long D = 8;
        var block = (4 * D) + (3 * D * D) + (3 * D) + (D * D) + D + (8 * D * D) + (5 * D);
        var vit = (5 * block) + (D * ((3 * 256) + 1)) + D + (10 * D);
        var readouts = 4 * ((2 * D * D) + D);
        long projections = (2 + 3 + 4 + 5) * (D + 1);
        long resampling = (2 * 2 * 16) + 2 + (3 * 3 * 4) + 3 + (5 * 5 * 9) + 5;
        Assert.Equal(vit + readouts + projections + resampling, Complexity.CountParameters(backbone));
    }

    [Fact]
    public void Names_are_those_of_the_official_checkpoints()
    {
        using var scope = NewDisposeScope();
        var names = new DptEncoder(Tiny).state_dict().Keys.ToHashSet();
        foreach (var name in new[]
        {
            "model.cls_token", "model.pos_embed", "model.patch_embed.proj.weight", "model.blocks.4.attn.qkv.bias",
            "model.blocks.0.mlp.fc2.weight", "model.blocks.0.norm2.bias", "act_postprocess1.0.project.0.weight",
            "act_postprocess1.3.bias", "act_postprocess1.4.weight", "act_postprocess4.4.bias",
        })
        {
            Assert.Contains(name, names);
        }

        Assert.DoesNotContain("act_postprocess3.4.weight", names);
        Assert.DoesNotContain("model.norm.weight", names);
    }

    [Fact]
    public void A_checkpoint_with_another_grid_and_unread_entries_loads()
    {
        using var scope = NewDisposeScope();
        var (source, target) = (new DptEncoder(Tiny with { GridSide = 6, FinalNorm = true }), new DptEncoder(Tiny));
        var state = source.state_dict();
        state["model.head.weight"] = ones(10, 8);
        target.load_state_dict(state);
        Assert.Equal(0, Close.Error(target.state_dict()["model.pos_embed"][.., 0], state["model.pos_embed"][.., 0]));
        Close.Within(
            target.state_dict()["model.pos_embed"][0, 1],
            (state["model.pos_embed"][0, 1] + state["model.pos_embed"][0, 2] + state["model.pos_embed"][0, 7]
                + state["model.pos_embed"][0, 8]) / 4, 1e-5, "the first position is the mean of four");
    }

    [Fact]
    public void Checkpointing_gives_the_same_gradients()
    {
        using var scope = NewDisposeScope();
        var (plain, again) = (new DptEncoder(Tiny), new DptEncoder(Tiny) { ActivationCheckpointing = true });
        again.load_state_dict(plain.state_dict());
        var image = randn([1, 4, 32, 64]);
        foreach (var backbone in new[] { plain, again })
        {
            backbone.forward(image).Select(map => map.square().sum()).Aggregate((a, b) => a + b).backward();
        }

        foreach (var (first, second) in plain.named_parameters().Zip(again.named_parameters()))
        {
            Close.Within(second.parameter.grad!, first.parameter.grad!, 1e-5, first.name);
        }
    }

    [Theory]
    [InlineData(DptReadout.Project)]
    [InlineData(DptReadout.Add)]
    [InlineData(DptReadout.Ignore)]
    public void With_the_dpt_head_every_parameter_gets_a_gradient_and_it_is_right(DptReadout readout)
    {
        manual_seed(6);
        var backbone = new DptEncoder(Tiny with { Dim = 4, Depth = 4, Hooks = [0, 1, 2, 3], Readout = readout });
        var model = new Segmenter(backbone, new DPTHead(backbone.Channels, classes: 3, channels: 3, dropout: 0));
        model.to(ScalarType.Float64);
        var image = randn([2, 4, 32, 64], dtype: ScalarType.Float64);
        var weight = randn([2, 3, 32, 64], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (model.forward(image) * weight).sum(),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
            samples: 1);
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new DptEncoder(Tiny with { Heads = 3, Hooks = [0, 2, 1, 3], Reassembled = [1, 2, 3, 0] })).Message;
        Assert.Contains("multiple of Heads 3", error);
        Assert.Contains("[0, 2, 1, 3]", error);
        Assert.Contains("[1, 2, 3, 0]", error);
    }

    [Fact]
    public void Multiply_adds_are_mostly_those_of_the_transformer()
    {
        using var scope = NewDisposeScope();
        using var backbone = new DptEncoder(Tiny with { Dim = 64, Heads = 4, Depth = 8, Hooks = [1, 3, 5, 7] });
        const double D = 64, Tokens = 257;
        var transformer = 8 * ((Tokens * 12 * D * D) + (2 * Tokens * Tokens * D));
        Assert.InRange(backbone.MultiplyAdds(256, 256), transformer, 1.4 * transformer);
    }
}
