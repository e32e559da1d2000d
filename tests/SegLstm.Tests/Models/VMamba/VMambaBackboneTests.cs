using SegLstm.Models;
using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VMamba;

public sealed class VMambaBackboneTests
{
    private static readonly VMambaConfig Small = VMambaConfig.TinyS1L8 with
    {
        Dims = [4, 6, 8, 8], Depths = [1, 1, 1, 1], MlpRatio = 2, DropPathRate = 0,
    };

    private static readonly VMambaConfig SmallVanilla = VMambaConfig.VanillaTiny with
    {
        Dims = [4, 6, 8, 8], Depths = [1, 1, 1, 1], StateSize = 2, DropPathRate = 0,
    };

    public static TheoryData<string> Names => [.. VMambaModels.Entries.Select(entry => entry.Name)];

    [Theory]
    [InlineData("vmamba_tiny", 62, 949)]
    [InlineData("vmamba_small_s2l15", 82, 1028)]
    [InlineData("vmamba_base_s2l15", 122, 1170)]
    [InlineData("vmamba_vanilla_tiny", 55, 964)]
    public void With_UPerNet_the_published_sizes_on_ADE20K_come_out(string name, double millions, double gigaFlops)
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create(name, 150, 3, 512);
        // The table says 512 x 512, but its numbers, like those of Swin's table, are for four such tiles: 512 x 2048.
        var complexity = Complexity.Of(model, 512, 2048);
        Assert.Equal(millions, Math.Round(complexity.MegaParameters));
        Assert.InRange(complexity.GigaFlops / gigaFlops, 0.98, 1.02);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 128)]
    [InlineData(224, 224)]
    public void Maps_halve_from_stage_to_stage(long height, long width)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        foreach (var config in new[] { Small, SmallVanilla, Small with { ChannelsFirst = false } })
        {
            var backbone = new VMambaBackbone(config);
            Assert.Equal([4, 8, 16, 32], backbone.Strides);
            Assert.Equal(32, backbone.SizeMultiple);
            var maps = backbone.forward(randn([1, 3, height, width]));
            Assert.Equal([4, 6, 8, 8], backbone.Channels);
            Assert.All(maps.Zip(backbone.Strides, backbone.Channels), map =>
                Assert.Equal([1, map.Third, height / map.Second, width / map.Second], map.First.shape));
        }
    }

    [Fact]
    public void Odd_maps_round_up_in_version_3_and_down_in_version_2_and_cannot_be_merged_in_version_1()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var image = randn([1, 3, 40, 72]);
        long[][] Sizes(DownsampleVersion version) =>
            [.. new VMambaBackbone(Small with { Downsample = version }).forward(image).Select(map => map.shape[2..])];
        Assert.Equal([[10, 18], [5, 9], [3, 5], [2, 3]], Sizes(DownsampleVersion.V3));
        Assert.Equal([[10, 18], [5, 9], [2, 4], [1, 2]], Sizes(DownsampleVersion.V2));
        Assert.Contains("even sides, got 5 x 9", Assert.Throws<ArgumentException>(() => Sizes(DownsampleVersion.V1)).Message);
        Assert.Contains("2 or more", Assert.Throws<ArgumentException>(
            () => new VMambaBackbone(Small with { Downsample = DownsampleVersion.V2 }).forward(randn([1, 3, 16, 16]))).Message);
    }

    [Fact]
    public void A_map_is_the_stages_output_before_it_is_halved_through_its_own_norm()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var backbone = new VMambaBackbone(Small);
        var state = backbone.state_dict();
        state["outnorm1.weight"].fill_(0);
        state["outnorm1.bias"].fill_(7);
        var maps = backbone.forward(randn([2, 3, 32, 32]));
        Assert.Equal(0, Close.Error(maps[1], full([2, 6, 4, 4], 7f)));
        // A fresh norm: every pixel has mean 0 and deviation 1 over its channels.
        Assert.True(maps[2].mean([1]).abs().max().item<float>() < 1e-5);
        Assert.InRange(maps[2].square().mean([1]).min().item<float>(), 0.9f, 1.001f);
    }

    [Fact]
    public void A_classifiers_checkpoint_loads_and_leaves_the_backbones_own_norms()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var classifier = new VSSM(Small);
        var backbone = new VMambaBackbone(Small);
        backbone.state_dict()["outnorm2.bias"].fill_(3);
        backbone.load_state_dict(classifier.state_dict());
        var (state, unfit) = (backbone.state_dict(), classifier.state_dict());
        Assert.Equal(3, state["outnorm2.bias"].min().item<float>());
        foreach (var name in new[] { "patch_embed.5.weight", "layers.2.blocks.0.op.in_proj.weight" })
        {
            Assert.Equal(0, Close.Error(state[name], unfit[name]));
        }

        unfit["extra"] = ones(1);
        Assert.ThrowsAny<Exception>(() => backbone.load_state_dict(unfit));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_tiny_variant_gives_every_parameter_a_finite_gradient(string name)
    {
        using var scope = NewDisposeScope();
        var model = Catalog.Find(name).CreateTiny();
        Assert.InRange(Complexity.CountParameters(model), 300, 9999);
        model.train();
        model.Backbone.ActivationCheckpointing = true;
        var (logits, auxiliary) = model.ForwardWithAuxiliary(randn([2, 3, 32, 64]));
        Assert.Equal([2, 3, 32, 64], logits.shape);
        (logits.square().sum() + auxiliary!.square().sum()).backward();
        foreach (var (parameterName, parameter) in model.named_parameters())
        {
            Assert.True(parameter.grad is not null, $"{parameterName} has no gradient");
            Close.Finite(parameter.grad!, parameterName);
        }
    }

    [Theory]
    [InlineData("vmamba_tiny")]
    [InlineData("vmamba_vanilla_tiny")]
    public void Gradients_of_the_tiny_variant_agree_with_differences(string name)
    {
        manual_seed(8);
        var model = Catalog.Find(name).CreateTiny();
        using (no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.add_(randn(parameter.shape) * 0.1);
            }
        }

        model.to(ScalarType.Float64);
        model.eval();
        var image = randn([1, 3, 32, 32], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => model.Backbone.forward(image).Select(map => (map * map).sum()).Aggregate((a, b) => a + b),
            model.Backbone.named_parameters().Where((_, index) => index % 5 == 0).Select(p => (p.name, (Tensor)p.parameter)),
            samples: 1);
    }
}
