using SegLstm.Models;
using SegLstm.Models.Vit;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Vit;

public sealed class VisionTransformerTests
{
    private static readonly VitConfig Tiny = new()
    {
        Dim = 8, Depth = 2, Heads = 2, Height = 16, Width = 16, PatchSize = 4, MlpRatio = 2,
    };

    private static readonly VitConfig Tiny3 = Tiny with { LayerScale = 0.5, ClassPosition = false, DropPathDecay = false };

    [Theory]
    [InlineData(192, 5_717_416, 1.3)]
    [InlineData(384, 22_050_664, 4.6)]
    [InlineData(768, 86_567_656, 17.6)]
    public void Deit_has_the_published_size(long dim, long parameters, double gigaFlops)
    {
        using var scope = NewDisposeScope();
        using var model = Outline.Of(() => new VisionTransformer(new VitConfig { Dim = dim, Heads = dim / 64 }));
        Assert.Equal(parameters, Complexity.CountParameters(model));
        // The table prints one digit behind the point.
        Assert.Equal(gigaFlops, Math.Round(model.MultiplyAdds(224, 224) / 1e9, 1));
    }

    [Theory]
    [InlineData(384, 12, 22.0, 4.6)]
    [InlineData(512, 12, 38.8, 8.0)]
    [InlineData(768, 12, 86.6, 17.5)]
    [InlineData(1024, 24, 304.4, 61.6)]
    public void Deit3_has_the_published_size(long dim, int depth, double megaParameters, double gigaFlops)
    {
        using var scope = NewDisposeScope();
        using var model = Outline.Of(() => new VisionTransformer(new VitConfig
        {
            Dim = dim, Depth = depth, Heads = dim / 64, LayerScale = 1e-4, ClassPosition = false,
        }));
        Assert.InRange(Complexity.CountParameters(model) / 1e6, megaParameters - 0.1, megaParameters + 0.1);
        Assert.InRange(model.MultiplyAdds(224, 224) / 1e9, 0.98 * gigaFlops, 1.02 * gigaFlops);
    }

    [Fact]
    public void Names_are_timms()
    {
        using var scope = NewDisposeScope();
        var names = new VisionTransformer(Tiny3, 3).state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        Assert.Equal([1, 1, 8], names["cls_token"]);
        Assert.Equal([1, 16, 8], names["pos_embed"]);
        Assert.Equal([24, 8], names["blocks.1.attn.qkv.weight"]);
        Assert.Equal([8], names["blocks.0.gamma_2"]);
        Assert.Equal([16, 8], names["blocks.0.mlp.fc1.weight"]);
        Assert.Equal([8, 3, 4, 4], names["patch_embed.proj.weight"]);
        Assert.Equal(4 + 2 + 2 + (2 * 14), names.Count);
        var distilled = new VisionTransformer(Tiny, 3, distilled: true).state_dict();
        Assert.Equal([1, 18, 8], distilled["pos_embed"].shape);
        Assert.Contains("dist_token", distilled.Keys);
        Assert.Contains("head_dist.bias", distilled.Keys);
    }

    [Fact]
    public void A_distilled_model_gives_the_mean_of_its_heads()
    {
        using var scope = NewDisposeScope();
        var model = new VisionTransformer(Tiny, 3, distilled: true);
        var image = randn([2, 3, 16, 16]);
        var (first, second) = model.ForwardHeads(image);
        Close.Within(model.forward(image), (first + second!) / 2, 1e-6, "mean");
        Assert.Null(new VisionTransformer(Tiny, 3).ForwardHeads(image).Distillation);
    }

    [Fact]
    public void Layer_scale_of_zero_leaves_the_tokens_as_they_are()
    {
        using var scope = NewDisposeScope();
        var model = new VisionTransformer(Tiny3 with { LayerScale = 0 }, classes: null);
        // The class token passes all blocks untouched: only the last norm works on it.
        var token = model.state_dict()["cls_token"].view(1, 8);
        Close.Within(
            model.forward(randn([1, 3, 16, 16])), nn.functional.layer_norm(token, [8], eps: 1e-6), 1e-5, "class token");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_checkpoint_of_another_resolution_computes_what_the_source_does_there(bool classPosition)
    {
        using var scope = NewDisposeScope();
        var config = (classPosition ? Tiny : Tiny3) with { Height = 24, Width = 24 };
        var source = new VisionTransformer(config, 3);
        var target = new VisionTransformer(config with { Height = 16, Width = 8 }, 3);
        target.load_state_dict(source.state_dict());
        var image = randn([1, 3, 16, 8]);
        Close.Within(target.forward(image), source.forward(image), 1e-6, "resized on load and on the fly");
    }

    [Fact]
    public void Resizing_positions_keeps_extra_entries_and_constants()
    {
        using var scope = NewDisposeScope();
        var embed = cat([full([1, 2, 3], 7f), ones([1, 6, 3])], 1);
        var resized = VitPositions.Resize(embed, 2, new(2, 3), new(5, 4));
        Assert.Equal([1, 22, 3], resized.shape);
        Close.Within(resized.narrow(1, 0, 2), full([1, 2, 3], 7f), 0, "extra");
        Close.Within(resized.narrow(1, 2, 20), ones([1, 20, 3]), 1e-6, "grid");
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_it_is_right()
    {
        manual_seed(5);
        foreach (var model in new[] { new VisionTransformer(Tiny3, 3), new VisionTransformer(Tiny, 3, distilled: true) })
        {
            model.to(ScalarType.Float64);
            var image = randn([2, 3, 8, 16], dtype: ScalarType.Float64);
            var weight = randn([2, 3], dtype: ScalarType.Float64);
            GradientCheck.Run(
                () => (model.forward(image) * weight).sum(),
                model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), samples: 2);
        }
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var error = Assert.Throws<ArgumentException>(() => new VisionTransformer(Tiny with { Dim = 9, Depth = 0, Height = 3 }));
        Assert.Contains("9 and 2", error.Message);
        Assert.Contains("Depth", error.Message);
        Assert.Contains("3 x 16", error.Message);
        Assert.Contains("ClassPosition = true",
            Assert.Throws<ArgumentException>(() => new VisionTransformer(Tiny3, 3, distilled: true)).Message);
    }
}
