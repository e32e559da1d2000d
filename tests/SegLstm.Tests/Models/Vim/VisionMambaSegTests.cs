using SegLstm.Models;
using SegLstm.Models.Vim;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Vim;

public sealed class VisionMambaSegTests
{
    private static readonly VimConfig Tiny = VimConfig.Tiny with
    {
        Dim = 8, Depth = 4, Height = 64, Width = 64, Classes = 3, StateSize = 2,
    };

    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 128)]
    [InlineData(32, 32)]
    public void Square_and_rectangular_images_make_a_pyramid(long height, long width)
    {
        using var scope = NewDisposeScope();
        var model = new VisionMambaSeg(Tiny, [0, 1, 2, 3]);
        Assert.Equal([4, 8, 16, 32], model.Strides);
        Assert.Equal(32, model.SizeMultiple);
        var maps = model.forward(randn([2, 3, height, width]));
        Assert.Equal(
            model.Strides.Select(stride => (2L, 8L, height / stride, width / stride)),
            maps.Select(map => (map.shape[0], map.shape[1], map.shape[2], map.shape[3])));
    }

    [Fact]
    public void Names_are_those_of_the_official_checkpoints_without_what_nothing_reads()
    {
        using var scope = NewDisposeScope();
        var names = new VisionMambaSeg(Tiny, [0, 1, 2, 3]).named_parameters().Select(parameter => parameter.name)
            .Where(name => !name.StartsWith("layers.", StringComparison.Ordinal));
        Assert.Equal(
            ["fpn1.0.bias", "fpn1.0.weight", "fpn1.1.bias", "fpn1.1.weight", "fpn1.3.bias", "fpn1.3.weight", "fpn2.0.bias",
                "fpn2.0.weight", "patch_embed.proj.bias", "patch_embed.proj.weight", "pos_embed"],
            names.Order());
    }

    [Fact]
    public void Maps_are_what_the_mixers_give_not_the_residual_stream()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new VisionMambaSeg(Tiny, [1, 3], pyramid: false);
        Assert.Equal([16, 16], model.Strides);
        var image = randn([1, 3, 32, 48]);
        var maps = model.forward(image);
        model.get_parameter("layers.3.mixer.out_proj.weight")!.zero_();
        var silenced = model.forward(image);
        Assert.Equal(0, silenced[1].abs().max().item<float>());
        Assert.Equal(0, Close.Error(silenced[0], maps[0]));
    }

    [Theory]
    [InlineData(ClassToken.Middle, 8)]
    [InlineData(ClassToken.Head, 0)]
    public void A_classifier_checkpoint_loads_and_the_position_of_its_class_token_goes(ClassToken place, long index)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = Tiny with { ClassToken = place };
        var classifier = VisionMambaTests.Make(config).state_dict();
        var model = new VisionMambaSeg(config, [0, 1, 2, 3]);
        var pyramid = model.state_dict()["fpn2.0.weight"].clone();
        model.load_state_dict(classifier);
        var state = model.state_dict();
        var old = classifier["pos_embed"];
        var others = cat([old.narrow(1, 0, index), old.narrow(1, index + 1, 16 - index)], 1);
        Close.Within(state["pos_embed"], others, 0, "the other positions");
        Close.Within(
            state["layers.2.mixer.in_proj.weight"], classifier["layers.2.mixer.in_proj.weight"], 0, "layers");
        Assert.Equal(0, Close.Error(state["fpn2.0.weight"], pyramid));
    }

    [Fact]
    public void Loading_resizes_positions_as_the_forward_does()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var classifier = VisionMambaTests.Make(Tiny).state_dict();
        var small = new VisionMambaSeg(Tiny, [0, 1, 2, 3]);
        var large = new VisionMambaSeg(Tiny with { Height = 96, Width = 128 }, [0, 1, 2, 3]);
        small.load_state_dict(classifier);
        large.load_state_dict(classifier);
        large.load_state_dict(small.state_dict());
        Assert.Equal([1, 48, 8], large.state_dict()["pos_embed"].shape);
        small.eval();
        large.eval();
        var image = randn([1, 3, 96, 128]);
        Assert.All(large.forward(image).Zip(small.forward(image)), maps => Close.Within(maps.First, maps.Second, 1e-5, "map"));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_fitted_is_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var model = new VisionMambaSeg(Tiny with { ClassToken = ClassToken.None }, [0, 1, 2, 3]);
        var middle = VisionMambaTests.Make(Tiny).state_dict();
        Assert.Contains("Middle", Assert.Throws<ArgumentException>(() => model.load_state_dict(middle)).Message);
        var wide = VisionMambaTests.Make(Tiny with { Width = 96, ClassToken = ClassToken.None }).state_dict();
        Assert.Contains("24 patches", Assert.Throws<ArgumentException>(() => model.load_state_dict(wide)).Message);
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_recomputed_mixers_give_the_same()
    {
        using var scope = NewDisposeScope();
        var image = randn([2, 3, 64, 96]);
        var (kept, recomputed) = (Gradients(false), Gradients(true));
        Assert.Equal(kept.Keys, recomputed.Keys);
        Assert.All(kept, entry => Close.Within(recomputed[entry.Key], entry.Value, 1e-4, entry.Key));

        Dictionary<string, Tensor> Gradients(bool checkpointing)
        {
            manual_seed(6);
            var model = Catalog.Find("vim_tiny").CreateTiny();
            model.Backbone.ActivationCheckpointing = checkpointing;
            var (logits, auxiliary) = model.ForwardWithAuxiliary(image);
            (logits.square().sum() + auxiliary!.square().sum()).backward();
            return model.named_parameters().ToDictionary(
                p => p.name, p => p.parameter.grad ?? throw new InvalidOperationException($"{p.name} has no gradient"));
        }
    }

    [Theory]
    [InlineData("vim_tiny", 192)]
    [InlineData("vim_small", 384)]
    public void The_decoder_is_as_wide_as_the_tokens(string name, int width)
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create(name, 7, 4, 64);
        Assert.Equal(width, model.Head.Channels);
        Assert.Equal(256, model.Auxiliary!.Channels);
        Assert.Equal([2], model.Auxiliary.Inputs);
        Assert.Equal(24, ((VisionMambaSeg)model.Backbone).named_modules().Count(module => module.module is VimMixer));
    }

    [Fact]
    public void Taps_that_leave_layers_unread_are_refused()
    {
        Assert.Contains("last layer, 3", Refusal(Tiny, [0, 1, 2], pyramid: false));
        Assert.Contains("[2, 1, 3]", Refusal(Tiny, [2, 1, 3], pyramid: false));
        Assert.Contains("least one", Refusal(Tiny, [], pyramid: false));
        Assert.Contains("4 taps", Refusal(Tiny, [1, 3], pyramid: true));
        Assert.Contains("patch sizes 8, 14 and 16", Refusal(Tiny with { PatchSize = 4 }, [0, 1, 2, 3], pyramid: true));

        static string Refusal(VimConfig config, int[] taps, bool pyramid) =>
            Assert.Throws<ArgumentException>(() => new VisionMambaSeg(config, taps, pyramid)).Message;
    }
}
