using SegLstm.Models;
using SegLstm.Models.Vim;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Vim;

public sealed class VisionMambaTests
{
    private static readonly VimConfig Tiny = VimConfig.Tiny with
    {
        Dim = 8, Depth = 3, Channels = 2, Height = 16, Width = 24, PatchSize = 4, Classes = 3, StateSize = 2,
    };

    [Theory]
    [InlineData(192, 7_148_008)]
    [InlineData(384, 25_796_584)]
    [InlineData(768, 97_598_440)]
    public void Published_sizes_have_the_published_parameters(long dim, long parameters)
    {
        using var scope = NewDisposeScope();
        var config = new[] { VimConfig.Tiny, VimConfig.Small, VimConfig.Base }.Single(size => size.Dim == dim);
        using var model = new VisionMamba(config);
        Assert.Equal(parameters, Complexity.CountParameters(model));
    }

    [Theory]
    [InlineData(192, 1.5)]
    [InlineData(384, 5.3)]
    public void Counted_multiply_adds_round_to_the_published_gigaflops_and_lie_within_two_percent(long dim, double published)
    {
        var counted = VimComplexity.Classifier(VimConfig.Tiny with { Dim = dim }, 224, 224) / 1e9;
        Assert.Equal(published, Math.Round(counted, 1));
        Assert.InRange(counted / published, 0.98, 1.02);
    }

    [Fact]
    public void Names_are_those_of_the_official_checkpoints()
    {
        using var scope = NewDisposeScope();
        var names = new VisionMamba(Tiny).state_dict().Keys.ToHashSet();
        string[] outer = ["cls_token", "pos_embed", "patch_embed.proj.weight", "patch_embed.proj.bias", "norm_f.weight",
            "head.weight", "head.bias"];
        string[] mixer = ["in_proj.weight", "conv1d.weight", "conv1d.bias", "x_proj.weight", "dt_proj.weight", "dt_proj.bias",
            "A_log", "D", "conv1d_b.weight", "conv1d_b.bias", "x_proj_b.weight", "dt_proj_b.weight", "dt_proj_b.bias", "A_b_log",
            "D_b", "out_proj.weight"];
        Assert.Equal(
            [.. outer.Concat(Enumerable.Range(0, 3).SelectMany(i => mixer.Select(name => $"layers.{i}.mixer.{name}")
                .Append($"layers.{i}.norm.weight"))).Order()],
            names.Order());
        Assert.Contains("layers.0.norm.bias", new VisionMamba(Tiny with { RmsNorm = false }).state_dict().Keys);
    }

    [Fact]
    public void Fresh_models_start_by_the_authors_rules()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(5);
        var state = new VisionMamba(VimConfig.Tiny with { Depth = 4 }).state_dict();
        double Std(string name) => state[name].std().item<float>();
        Assert.InRange(Std("pos_embed"), 0.0195, 0.0205);
        Assert.InRange(Std("head.weight"), 0.0195, 0.0205);
        Assert.Equal(0, state["head.bias"].abs().max().item<float>());
        Assert.InRange(Std("patch_embed.proj.weight"), 0.98 / Math.Sqrt(768), 1.02 / Math.Sqrt(768));
        // PyTorch's default for a linear layer is uniform in ±1/√(inputs); the output is smaller by √depth.
        var bound = 1 / Math.Sqrt(384) / Math.Sqrt(4);
        Assert.InRange(state["layers.3.mixer.out_proj.weight"].abs().max().item<float>(), 0.99 * bound, bound * (1 + 1e-6));
        Assert.Equal(0, state["layers.3.mixer.dt_proj_b.bias"].abs().max().item<float>());
        Assert.InRange(nn.functional.softplus(state["layers.3.mixer.dt_proj.bias"]).max().item<float>(), 0.05, 0.1001);
        Close.Within(state["layers.3.mixer.A_b_log"], state["layers.3.mixer.A_log"], 0, "both directions");
    }

    [Theory]
    [InlineData(ClassToken.Head, 0)]
    [InlineData(ClassToken.Middle, 12)]
    public void A_class_token_that_only_looks_back_sees_the_patches_in_front_of_it(ClassToken place, int seen)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = Make(Tiny with { Directions = MixerDirections.Forward, ClassToken = place });
        Assert.Equal([1, 25, 8], model.state_dict()["pos_embed"].shape);
        var (image, seenPatches) = (randn([1, 2, 16, 24]), new List<int>());
        var logits = model.forward(image);
        for (var patch = 0; patch < 24; patch++)
        {
            var changed = image.clone();
            changed.narrow(2, 4 * (patch / 6), 4).narrow(3, 4 * (patch % 6), 4).add_(1);
            if (Close.Error(model.forward(changed), logits) > 0)
            {
                seenPatches.Add(patch);
            }
        }

        Assert.Equal(Enumerable.Range(0, seen), seenPatches);
    }

    [Fact]
    public void Pools_are_what_their_names_say()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = Tiny with { ClassToken = ClassToken.None };
        var image = randn([2, 2, 16, 24]);
        Tensor Scores(TokenPool pool) => Make(config with { Pool = pool }).forward(image);
        var all = Scores(TokenPool.All);
        Assert.Equal([2, 24, 3], all.shape);
        Close.Within(Scores(TokenPool.Last), all.select(1, 23), 1e-6, "last");
        Close.Within(Scores(TokenPool.Mean), all.mean([1]), 1e-5, "mean");
        Close.Within(Scores(TokenPool.Max), all.amax([1]), 1e-6, "max");
        Assert.Equal([2, 8], Make(Tiny with { Classes = null }).forward(image).shape);
    }

    [Theory]
    [InlineData(ClassToken.Middle)]
    [InlineData(ClassToken.Head)]
    [InlineData(ClassToken.None)]
    public void Another_resolution_resizes_the_positions_on_the_fly_as_on_loading(ClassToken place)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var square = Tiny with { Height = 12, Width = 12, ClassToken = place };
        var (small, large) = (Make(square), new VisionMamba(square with { Height = 20, Width = 28 }));
        large.load_state_dict(small.state_dict());
        large.eval();
        var image = randn([1, 2, 20, 28]);
        Close.Within(large.forward(image), small.forward(image), 1e-5, "resized once and resized in the forward");
    }

    [Fact]
    public void Overlapping_patches_make_a_finer_grid_of_the_same_parameters()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = Make(Tiny with { Stride = 2 });
        Assert.Equal([1, (7 * 11) + 1, 8], model.state_dict()["pos_embed"].shape);
        Assert.Equal([2, 3], model.forward(randn([2, 2, 16, 24])).shape);
        Assert.Equal([1, 3], model.forward(randn([1, 2, 10, 4])).shape);
        Assert.Contains("steps of 2", Assert.Throws<ArgumentException>(() => model.forward(randn([1, 2, 11, 24]))).Message);
    }

    [Fact]
    public void Recomputed_mixers_give_the_same_scores_and_gradients()
    {
        using var scope = NewDisposeScope();
        var image = randn([3, 2, 16, 24]);
        var (kept, recomputed) = (Pass(false), Pass(true));
        Assert.Equal(kept.Keys, recomputed.Keys);
        Assert.All(kept, entry => Close.Within(recomputed[entry.Key], entry.Value, 1e-5, entry.Key));

        Dictionary<string, Tensor> Pass(bool checkpointing)
        {
            var model = Make(Tiny with { DropPathRate = 0.3 });
            model.ActivationCheckpointing = checkpointing;
            model.train();
            manual_seed(9);
            var scores = model.forward(image);
            scores.square().sum().backward();
            var gradients = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!);
            gradients["scores"] = scores;
            return gradients;
        }
    }

    [Fact]
    public void Drop_path_rates_grow_from_the_third_layer_to_the_end()
    {
        var config = VimConfig.Tiny with { Depth = 5, DropPathRate = 0.4 };
        Assert.Equal([0, 0, 0.1, 0.2, 0.3], Enumerable.Range(0, 5).Select(i => Math.Round(config.DropPathAt(i), 12)));
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var error = Assert.Throws<ArgumentException>(() => new VisionMamba(Tiny with
        {
            Dim = 0, Depth = 0, Height = 17, Classes = 0, Stride = 5, NormEps = 0, DropPathRate = 1, StateSize = 0,
            ClassToken = (ClassToken)9,
        }));
        foreach (var part in new[]
            { "Dim", "Depth", "17 x 24", "Classes", "Stride", "NormEps", "DropPathRate", "no value 9", "StateSize" })
        {
            Assert.Contains(part, error.Message);
        }
    }

    internal static VisionMamba Make(VimConfig config, long seed = 1)
    {
        manual_seed(seed);
        var model = new VisionMamba(config);
        using (no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.add_(randn(parameter.shape) * 0.3);
            }
        }

        model.eval();
        return model;
    }
}
