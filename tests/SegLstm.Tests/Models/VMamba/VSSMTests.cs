using SegLstm.Models;
using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VMamba;

public sealed class VSSMTests
{
    private static readonly VMambaConfig Small = VMambaConfig.TinyS1L8 with
    {
        Dims = [8, 12, 16], Depths = [1, 2, 1], MlpRatio = 2, Classes = 5, DropPathRate = 0,
    };

    private static readonly VMambaConfig SmallVanilla = VMambaConfig.VanillaTiny with
    {
        Dims = [8, 16], Depths = [1, 1], StateSize = 4, Classes = 5, DropPathRate = 0,
    };

    public static TheoryData<string, long, double> Published =>
    [
        ("vanilla tiny", 22_893_448, 5.6), ("vanilla small", 44_417_416, 11.2), ("vanilla base", 76_254_056, 18.0),
        ("tiny s2l5", 30_705_832, 4.9), ("small s2l15", 50_147_752, 8.7), ("base s2l15", 88_557_800, 15.4),
        ("tiny s1l8", 30_249_064, 4.9), ("small s1l20", 49_012_840, 8.6), ("base s1l20", 86_614_504, 15.2),
    ];

    [Theory]
    [MemberData(nameof(Published))]
    public void Classifiers_have_the_published_parameters_and_flops(string name, long parameters, double gigaFlops)
    {
        using var scope = NewDisposeScope();
        using var model = new VSSM(ConfigOf(name));
        Assert.Equal(parameters, Complexity.CountParameters(model));
        Assert.InRange(model.MultiplyAdds(224, 224) / 1e9 / gigaFlops, 0.98, 1.02);
    }

    [Fact]
    public void Multiply_adds_of_a_block_match_a_hand_count()
    {
        var config = new SS2DConfig { Dim = 16, StateSize = 2, Ratio = 2, ConvBias = true, ForwardType = "v05" };
        // E = 32, R = 1. Projections in (64) and out (32), kernel, four directions: x_proj, dt_projs, scan, skip; SiLU, gate with
        // SiLU, three sums, norm; block: norm and sum.
        double perPixel = (16 * 64) + (32 * 16) + (32 * 9)
            + (4 * ((32 * 5) + 32 + (9 * 32 * 2) + 32)) + (32 * (1 + 2 + 3 + 2)) + (3 * 16);
        Assert.Equal(perPixel * 60, VMambaComplexity.Block(config, 0, 60));
        Assert.Equal((perPixel + (2 * 16 * 64) + 64 + (3 * 16)) * 60, VMambaComplexity.Block(config, 4, 60));
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(24, 56)]
    [InlineData(30, 37)]
    public void Square_rectangular_and_odd_images_run(long height, long width)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        Assert.Equal([2, 5], new VSSM(Small).forward(randn([2, 3, height, width])).shape);
    }

    [Fact]
    public void Linear_maps_start_small_and_the_first_releases_scan_parameters_stay_mambas()
    {
        using var scope = NewDisposeScope();
        var now = new VSSM(Small).state_dict();
        foreach (var name in new[] { "op.in_proj", "op.x_proj", "op.dt_projs", "op.out_proj", "mlp.fc1" })
        {
            Assert.InRange(now[$"layers.1.blocks.1.{name}.weight"].std().item<float>(), 0.012f, 0.028f);
        }

        Assert.Equal(0, now["layers.1.blocks.1.mlp.fc1.bias"].abs().max().item<float>());
        Assert.Equal(0, now["classifier.head.bias"].abs().max().item<float>());
        Assert.InRange(nn.functional.softplus(now["layers.1.blocks.1.op.dt_projs_bias"]).max().item<float>(), 0.01f, 0.1001f);
        var vanilla = new VSSM(SmallVanilla).state_dict();
        Assert.InRange(vanilla["layers.1.blocks.0.op.in_proj.weight"].std().item<float>(), 0.012f, 0.028f);
        Assert.InRange(vanilla["layers.1.blocks.0.op.dt_projs_weight"].abs().max().item<float>(), 0.8f, 1f);
        Assert.InRange(vanilla["layers.1.blocks.0.op.x_proj_weight"].abs().max().item<float>(), 0.15f, 0.1768f);
    }

    [Theory]
    [InlineData("patch_embed.proj.weight", "patch_embed.0.weight")]
    [InlineData("patch_embed.norm.bias", "patch_embed.2.bias")]
    [InlineData("patch_embed.7.bias", "patch_embed.7.bias")]
    [InlineData("layers.2.blocks.14.ln_1.weight", "layers.2.blocks.14.norm.weight")]
    [InlineData("layers.0.blocks.1.self_attention.A_logs", "layers.0.blocks.1.op.A_logs")]
    [InlineData("layers.1.downsample.norm.weight", "layers.1.downsample.1.weight")]
    [InlineData("layers.1.downsample.reduction.weight", "layers.1.downsample.2.weight")]
    [InlineData("layers.1.downsample.3.bias", "layers.1.downsample.3.bias")]
    [InlineData("layers.1.blocks.0.norm.weight", "layers.1.blocks.0.norm.weight")]
    [InlineData("norm.weight", "classifier.norm.weight")]
    [InlineData("head.bias", "classifier.head.bias")]
    [InlineData("classifier.head.bias", "classifier.head.bias")]
    [InlineData("outnorm2.weight", "outnorm2.weight")]
    public void Older_names_become_todays(string old, string now) => Assert.Equal(now, VMambaCheckpoint.CurrentName(old));

    [Fact]
    public void A_checkpoint_of_the_first_code_loads()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new VSSM(SmallVanilla);
        var old = model.state_dict().ToDictionary(
            p => p.Key.Replace("classifier.", "").Replace(".norm.", ".ln_1.").Replace(".op.", ".self_attention.")
                .Replace("downsample.1.", "downsample.norm.").Replace("downsample.2", "downsample.reduction")
                .Replace("patch_embed.0", "patch_embed.proj").Replace("patch_embed.2", "patch_embed.norm"),
            p => p.Value);
        Assert.Contains("layers.0.blocks.0.self_attention.x_proj_weight", old.Keys);
        Assert.DoesNotContain("classifier.norm.weight", old.Keys);
        var other = new VSSM(SmallVanilla);
        other.load_state_dict(old);
        var image = randn([1, 3, 16, 24]);
        Assert.Equal(0, Close.Error(other.forward(image), model.forward(image)));
    }

    [Fact]
    public void A_second_release_checkpoint_with_the_old_names_and_kernels_for_matrices_loads()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new VSSM(Small);
        var old = model.state_dict().ToDictionary(
            p => p.Key.Replace("x_proj.weight", "x_proj_weight").Replace("dt_projs.weight", "dt_projs_weight"),
            p => p.Key.EndsWith("x_proj.weight") || p.Key.EndsWith("dt_projs.weight") ? p.Value.unflatten(0, 4, -1)
                : p.Key.Contains("_proj.") || p.Key.Contains("fc1.weight") ? p.Value.unsqueeze(-1).unsqueeze(-1) : p.Value);
        Assert.Equal([4, 3, 8], old["layers.0.blocks.0.op.x_proj_weight"].shape);
        Assert.Equal([8, 8, 1, 1], old["layers.0.blocks.0.op.in_proj.weight"].shape);
        var other = new VSSM(Small);
        other.load_state_dict(old);
        var image = randn([1, 3, 16, 24]);
        Assert.Equal(0, Close.Error(other.forward(image), model.forward(image)));
    }

    [Fact]
    public void A_matrix_of_another_size_is_refused()
    {
        using var scope = NewDisposeScope();
        var model = new VSSM(Small);
        var wrong = model.state_dict();
        wrong["layers.0.blocks.0.mlp.fc1.weight"] = ones(8, 16);
        Assert.Contains("fc1.weight", Assert.ThrowsAny<Exception>(() => model.load_state_dict(wrong)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forgetting_activations_changes_neither_result_nor_gradients(bool vanilla)
    {
        using var scope = NewDisposeScope();
        // Dropped samples are the same both times.
        var model = new VSSM((vanilla ? SmallVanilla : Small) with { DropPathRate = 0.5 });
        var image = randn([3, 3, 16, 24]);
        (Tensor, Dictionary<string, Tensor>) Step(bool forget)
        {
            manual_seed(4);
            model.zero_grad();
            model.ActivationCheckpointing = forget;
            var y = model.forward(image);
            y.square().sum().backward();
            return (y.detach(), model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone()));
        }

        var (kept, forgotten) = (Step(false), Step(true));
        Assert.Equal(0, Close.Error(forgotten.Item1, kept.Item1));
        Assert.All(kept.Item2, p => Close.Within(forgotten.Item2[p.Key], p.Value, 1e-6, p.Key));
    }

    [Fact]
    public void Drop_path_rates_grow_linearly_over_the_whole_depth()
    {
        var three = Small with { Depths = [1, 1, 1], DropPathRate = 0.2 };
        Assert.Equal([0, 0.1, 0.2], Enumerable.Range(0, 3).Select(three.DropPathAt));
        Assert.Equal(0, (Small with { Dims = [8], Depths = [1], DropPathRate = 0.2 }).DropPathAt(0));
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var broken = Small with { Depths = [1, 0], Channels = 0, Classes = 0, PatchSize = 1, MlpRatio = -1, DropPathRate = 1,
            ForwardType = "v9" };
        var message = Assert.Throws<ArgumentException>(() => new VSSM(broken)).Message;
        foreach (var part in new[] { "[1, 0]", "Channels", "Classes", "PatchSize", "MlpRatio", "DropPathRate", "'v9'" })
        {
            Assert.Contains(part, message);
        }

        Assert.Contains("Dims[0]", Assert.Throws<ArgumentException>(() => new VSSM(Small with { Dims = [1, 2, 4] })).Message);
    }

    [Fact]
    public void An_image_with_other_bands_or_below_a_patch_is_refused()
    {
        using var scope = NewDisposeScope();
        var model = new VSSM(Small);
        Assert.Contains("(B, 3, h, w)", Assert.Throws<ArgumentException>(() => model.forward(ones(1, 4, 32, 32))).Message);
        Assert.Contains("at least 4",
            Assert.Throws<ArgumentException>(() => new VSSM(SmallVanilla).forward(ones(1, 3, 3, 32))).Message);
    }

    private static VMambaConfig ConfigOf(string name) => name switch
    {
        "vanilla tiny" => VMambaConfig.VanillaTiny,
        "vanilla small" => VMambaConfig.VanillaSmall,
        "vanilla base" => VMambaConfig.VanillaBase,
        "tiny s2l5" => VMambaConfig.TinyS2L5,
        "small s2l15" => VMambaConfig.SmallS2L15,
        "base s2l15" => VMambaConfig.BaseS2L15,
        "tiny s1l8" => VMambaConfig.TinyS1L8,
        "small s1l20" => VMambaConfig.SmallS1L20,
        "base s1l20" => VMambaConfig.BaseS1L20,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
