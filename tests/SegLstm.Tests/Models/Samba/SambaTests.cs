using SegLstm.Models;
using SegLstm.Models.Samba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Samba;

public sealed class SambaTests
{
    private static readonly SambaConfig Tiny = new()
    {
        StemDim = 4, Dims = [8, 8, 12, 16], Depths = [1, 2, 1, 1], MlpRatios = [2, 1.5, 1, 1], StateSize = 3,
    };

    [Fact]
    public void The_published_model_has_the_published_parameters()
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create("samba", 7, 3, 512);
        Assert.Equal(22_650_720, Complexity.CountParameters(model.Backbone));
        Assert.Equal(29_212_167, Complexity.CountParameters(model.Head));
        Assert.Equal(739_591, Complexity.CountParameters(model.Auxiliary!));
        Assert.Equal([4, 8, 16, 32], model.Backbone.Strides);
        Assert.Equal([64, 128, 320, 448], model.Backbone.Channels);
        Assert.Equal(32, model.Backbone.SizeMultiple);
    }

    [Fact]
    public void Names_are_those_of_the_official_checkpoints()
    {
        using var scope = NewDisposeScope();
        var names = new SambaBackbone(Tiny).state_dict().Keys.ToHashSet();
        foreach (var name in new[] { "patch_embed1.conv.0.weight", "patch_embed1.conv.7.running_var", "patch_embed1.proj.bias",
            "patch_embed4.norm.weight", "block2.1.attn.norm.bias", "block2.1.attn.mamba.A_log", "block1.0.norm2.weight",
            "block3.0.mlp.dwconv.dwconv.bias", "block3.0.mlp.fc2.weight", "norm1.weight", "norm4.bias" })
        {
            Assert.Contains(name, names);
        }

        // Stem, patch embeddings, norms, and five blocks.
        Assert.Equal(22 + (3 * 4) + (4 * 2) + (5 * 19), names.Count);
    }

    [Fact]
    public void The_sweep_over_all_modules_overwrites_the_start_of_the_mamba_blocks()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(5);
        var state = new SambaBackbone(new SambaConfig { Depths = [1, 1, 1, 1] }).state_dict();
        foreach (var (name, value) in state.Where(entry => entry.Key.EndsWith("_proj.weight", StringComparison.Ordinal)
            || entry.Key.Contains(".fc", StringComparison.Ordinal)))
        {
            if (name.EndsWith(".bias", StringComparison.Ordinal))
            {
                Assert.Equal(0, value.abs().max().item<float>());
            }
            else
            {
                Assert.InRange(value.std().item<float>(), 0.017, 0.023);
            }
        }

        Assert.Equal(0, state["block3.0.attn.mamba.dt_proj.bias"].abs().max().item<float>());
        var logs = state["block3.0.attn.mamba.A_log"];
        Close.Within(logs.select(0, 639), arange(1, 65, dtype: ScalarType.Float32).log(), 1e-6, "A");
        // Fan out: 9 of a depthwise 3x3 kernel, 9 · 320 of the third patch embedding, 49 · 32 of the first convolution.
        InRange("block3.0.mlp.dwconv.dwconv.weight", Math.Sqrt(2.0 / 9));
        InRange("patch_embed3.proj.weight", Math.Sqrt(2.0 / (9 * 320)));
        InRange("patch_embed1.conv.0.weight", Math.Sqrt(2.0 / (49 * 32)));
        // PyTorch's own start: uniform in ±1/√4.
        Assert.InRange(state["block3.0.attn.mamba.conv1d.weight"].abs().max().item<float>(), 0.49, 0.5);

        void InRange(string name, double std) => Assert.InRange(state[name].std().item<float>(), 0.95 * std, 1.05 * std);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 128)]
    [InlineData(33, 47)]
    public void Square_rectangular_and_odd_images_make_a_pyramid(long height, long width)
    {
        using var scope = NewDisposeScope();
        var maps = new SambaBackbone(Tiny).forward(randn([2, 3, height, width]));
        Assert.Equal(
            Tiny.Dims.Select((dim, stage) => (2L, (long)dim, Up(height, 4 << stage), Up(width, 4 << stage))),
            maps.Select(map => (map.shape[0], map.shape[1], map.shape[2], map.shape[3])));

        static long Up(long side, long stride) => (side + stride - 1) / stride;
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_recomputed_blocks_give_the_same()
    {
        using var scope = NewDisposeScope();
        var image = randn([3, 3, 32, 64]);
        var (kept, recomputed) = (Gradients(false), Gradients(true));
        Assert.Equal(kept.Keys, recomputed.Keys);
        Assert.All(kept, entry => Close.Within(recomputed[entry.Key], entry.Value, 1e-4, entry.Key));

        Dictionary<string, Tensor> Gradients(bool checkpointing)
        {
            manual_seed(6);
            var model = SambaModels.Create(Tiny with { DropPathRate = 0.2 }, 3, channels: 8, auxiliaryChannels: 4);
            model.Backbone.ActivationCheckpointing = checkpointing;
            var (logits, auxiliary) = model.ForwardWithAuxiliary(image);
            (logits.square().sum() + auxiliary!.square().sum()).backward();
            return model.named_parameters().ToDictionary(
                p => p.name, p => p.parameter.grad ?? throw new InvalidOperationException($"{p.name} has no gradient"));
        }
    }

    [Fact]
    public void Tokens_mix_in_one_rectangle_of_the_reversed_batch_on_every_eighth_token()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(1);
        var x = arange(0, 3, dtype: ScalarType.Float32).view(3, 1, 1, 1).expand(3, 24, 33, 2).contiguous();
        var areas = new HashSet<long>();
        for (var k = 0; k < 60; k++)
        {
            using var step = NewDisposeScope();
            var mixed = TokenMix.Apply(x);
            // The middle image lends to itself; the first and the last exchange the same places.
            Assert.Equal(0, Close.Error(mixed.select(0, 1), x.select(0, 1)));
            var pasted = mixed[0].select(-1, 0) == 2;
            Assert.True((pasted == (mixed[2].select(-1, 0) == 0)).all().item<bool>());
            var (rows, columns) = (pasted.any(1).nonzero(), pasted.any(0).nonzero());
            var area = pasted.sum().item<long>();
            Assert.Equal(area, rows.shape[0] * columns.shape[0]);
            if (area > 0)
            {
                Assert.Equal(0, rows[0].item<long>() % 8);
                Assert.Equal(0, rows.shape[0] % 8);
                Assert.Equal(0, columns[0].item<long>() % 8);
                Assert.Equal(0, columns.shape[0] % 8);
            }

            areas.Add(area);
        }

        Assert.Contains(0, areas);
        Assert.True(areas.Count >= 4, $"only areas {string.Join(", ", areas)}");
        Assert.Equal(0, Close.Error(TokenMix.Apply(x.narrow(1, 0, 7)), x.narrow(1, 0, 7)));
    }

    [Fact]
    public void Tokens_mix_in_training_only_and_only_where_asked()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(8);
        var (plain, mixing) = (new SambaBackbone(Tiny), new SambaBackbone(Tiny with { TokenLabel = true }));
        mixing.load_state_dict(plain.state_dict());
        var image = randn([2, 3, 96, 96]);
        Assert.True(Enumerable.Range(0, 10).Count(_ => Differs()) is > 0 and < 10, "some draws make no rectangle");
        plain.eval();
        mixing.eval();
        Assert.False(Differs());

        bool Differs() => Close.Error(mixing.forward(image)[0], plain.forward(image)[0]) > 1e-3;
    }

    [Fact]
    public void Multiply_adds_grow_with_the_pixels()
    {
        var config = new SambaConfig();
        Assert.Equal(4, SambaComplexity.Encoder(config, 512, 512) / SambaComplexity.Encoder(config, 256, 256), 6);
        // Linear layers of the blocks alone, at strides 4 to 32.
        var linear = Enumerable.Range(0, 4).Sum(stage => config.Depths[stage] * Math.Pow(128 >> stage, 2)
            * ((2.0 * config.Dims[stage] * config.Hidden(stage)) + (6.0 * config.Dims[stage] * config.Dims[stage])));
        Assert.InRange(SambaComplexity.Encoder(config, 512, 512), linear, 2 * linear);
    }

    [Fact]
    public void Bad_configurations_and_images_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new SambaBackbone(
            new SambaConfig
            {
                Channels = 0, StemDim = 0, StateSize = 0, Dims = [8, 0], Depths = [1, 0], MlpRatios = [0, 1], DropPathRate = -1,
            }));
        foreach (var part in new[] { "Channels", "StemDim", "StateSize", "[8, 0]", "[1, 0]", "[0, 1]", "DropPathRate" })
        {
            Assert.Contains(part, error.Message);
        }

        Assert.Contains("one entry a stage", Assert.Throws<ArgumentException>(
            () => new SambaBackbone(Tiny with { Depths = [1, 1] })).Message);
        Assert.Contains("(1, 4, 32, 32)", Assert.Throws<ArgumentException>(
            () => new SambaBackbone(Tiny).forward(randn([1, 4, 32, 32]))).Message);
    }
}
