using SegLstm.Models;
using SegLstm.Models.Vit;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Vit;

public sealed class VitBackboneTests
{
    private static readonly VitBackboneConfig Tiny = new()
    {
        Dim = 8, Depth = 3, Heads = 2, Height = 16, Width = 16, PatchSize = 4, MlpRatio = 2, Taps = [0, 2],
    };

    [Theory]
    [InlineData(192, 5_683_008)]
    [InlineData(384, 21_982_848)]
    [InlineData(768, 86_433_024)]
    public void The_published_backbones_have_the_computed_parameters(long dim, long parameters)
    {
        using var scope = NewDisposeScope();
        using var model = Outline.Of(
            () => new VitBackbone(new() { Dim = dim, Heads = dim / 64, Height = 512, Width = 512 }));
        Assert.Equal(parameters, Complexity.CountParameters(model));
        Assert.Equal([16, 16, 16, 16], model.Strides);
        Assert.Equal(Enumerable.Repeat((int)dim, 4), model.Channels);
    }

    [Theory]
    [InlineData("deit_small", 58, 1217)]
    [InlineData("deit_base", 144, 2007)]
    public void With_neck_and_upernet_it_has_the_published_cost(string name, double millions, double gigaFlops)
    {
        using var scope = NewDisposeScope();
        using var model = Outline.Of(() => Catalog.Create(name, 150, 3, 512));
        // VMamba's table counts multiply-adds on 512 x 2048 pixels, and parameters with the auxiliary head.
        Assert.Equal(millions, Math.Round(Complexity.Of(model, 512, 2048).MegaParameters));
        Assert.InRange(Complexity.Of(model, 512, 2048).GigaFlops, 0.98 * gigaFlops, 1.02 * gigaFlops);
    }

    [Fact]
    public void Names_are_mmsegmentations()
    {
        using var scope = NewDisposeScope();
        var names = new VitBackbone(Tiny).state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        Assert.Equal([1, 17, 8], names["pos_embed"]);
        Assert.Equal([8], names["patch_embed.projection.bias"]);
        Assert.Equal([24, 8], names["layers.2.attn.attn.in_proj_weight"]);
        Assert.Equal([8, 8], names["layers.0.attn.attn.out_proj.weight"]);
        Assert.Equal([16, 8], names["layers.0.ffn.layers.0.0.weight"]);
        Assert.Equal([8, 16], names["layers.0.ffn.layers.1.weight"]);
        Assert.Equal(4 + (3 * 12), names.Count);
        Assert.Contains("ln1.weight", new VitBackbone(Tiny with { FinalNorm = true }).state_dict().Keys);
        Assert.DoesNotContain("patch_embed.projection.bias", new VitBackbone(Tiny with { PatchBias = false }).state_dict().Keys);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(8, 24)]
    [InlineData(13, 30)]
    public void Images_of_any_size_run(long height, long width)
    {
        using var scope = NewDisposeScope();
        var maps = new VitBackbone(Tiny).forward(randn([2, 3, height, width]));
        Assert.Equal(2, maps.Length);
        Assert.All(maps, map => Assert.Equal([2, 8, (height + 3) / 4, (width + 3) / 4], map.shape));
    }

    [Fact]
    public void The_neck_makes_a_pyramid_of_the_declared_strides()
    {
        using var scope = NewDisposeScope();
        var model = new VitBackbone(Tiny with { Depth = 4, PatchSize = 8, Taps = [0, 1, 2, 3], Neck = true });
        Assert.Equal([2, 4, 8, 16], model.Strides);
        Assert.Equal(16, model.SizeMultiple);
        var maps = model.forward(randn([1, 3, 16, 32]));
        Assert.Equal(model.Strides.Select(s => new long[] { 1, 8, 16 / s, 32 / s }), maps.Select(map => map.shape));
    }

    [Fact]
    public void Activation_checkpointing_changes_neither_maps_nor_gradients()
    {
        using var scope = NewDisposeScope();
        var model = new VitBackbone(Tiny with { DropPathRate = 0.5 }).to(ScalarType.Float64);
        model.train();
        var image = randn([4, 3, 16, 16], dtype: ScalarType.Float64);
        var plain = Run(false);
        var again = Run(true);
        Assert.All(plain.Zip(again), pair => Close.Within(pair.Second, pair.First, 1e-12, "checkpointed"));

        List<Tensor> Run(bool checkpointing)
        {
            manual_seed(3);
            model.zero_grad();
            model.ActivationCheckpointing = checkpointing;
            var maps = model.forward(image);
            (maps[0].square().sum() + maps[1].sum()).backward();
            return [.. maps, .. model.parameters().Select(parameter => parameter.grad!.clone())];
        }
    }

    [Fact]
    public void Evaluation_does_not_depend_on_the_batch()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new VitBackbone(Tiny with { DropPathRate = 0.5 });
        model.eval();
        var images = randn([3, 3, 16, 16]);
        Close.Within(model.forward(images[1].unsqueeze(0))[1], model.forward(images)[1].narrow(0, 1, 1), 1e-5, "one by one");
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var error = Assert.Throws<ArgumentException>(() => new VitBackbone(Tiny with { Heads = 3, Taps = [2, 1], Neck = true }));
        Assert.Contains("8 and 3", error.Message);
        Assert.Contains("[2, 1]", error.Message);
        Assert.Contains("Neck = false", error.Message);
        Assert.Contains("from 0 to 2", Assert.Throws<ArgumentException>(() => new VitBackbone(Tiny with { Taps = [3] })).Message);
    }
}
