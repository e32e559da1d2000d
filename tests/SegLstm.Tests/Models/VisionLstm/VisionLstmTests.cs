using SegLstm.Kernels.Mlstm;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VisionLstm;

public sealed class VisionLstmTests
{
    private static readonly VisionLstmConfig Tiny1 =
        VisionLstmConfig.V1 with { Dim = 8, Channels = 2, Height = 8, Width = 12, PatchSize = 4, Depth = 2, Classes = 3,
            LegacyNorm = true };

    private static readonly VisionLstmConfig Tiny2 =
        VisionLstmConfig.V2 with { Dim = 8, Channels = 2, Height = 8, Width = 12, PatchSize = 4, Depth = 1, Classes = 3,
            LegacyNorm = true };

    public static TheoryData<int> Releases => [1, 2];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Every_parameter_gets_a_gradient(int release)
    {
        using var scope = NewDisposeScope();
        var model = Make(release);
        model.forward(randn([2, 2, 8, 12])).square().sum().backward();
        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.True(parameter.grad is not null && parameter.grad.abs().max().item<float>() > 0, $"{name} has no gradient");
        }
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Gradients_agree_with_central_differences(int release)
    {
        var model = Make(release);
        model.to(ScalarType.Float64);
        var image = randn([2, 2, 8, 12], dtype: ScalarType.Float64).requires_grad_();
        var weight = randn([2, 3], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (model.forward(image) * weight).sum(),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("image", image)),
            samples: 2);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void A_state_dict_makes_an_equal_model(int release)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Make(release, seed: 1), Make(release, seed: 2));
        var image = randn([1, 2, 8, 12]);
        Assert.True(Close.Error(b.forward(image), a.forward(image)) > 1e-3);
        b.load_state_dict(a.state_dict());
        Assert.Equal(0, Close.Error(b.forward(image), a.forward(image)));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void A_sample_does_not_depend_on_its_batch_and_evaluation_repeats_itself(int release)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = Make(release);
        model.eval();
        var images = randn([5, 2, 8, 12]);
        var together = model.forward(images);
        Assert.Equal(0, Close.Error(model.forward(images), together));
        Close.Within(cat([.. images.split(2).Select(model.forward)]), together, 1e-5, "batches of two");
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void The_form_of_the_mlstm_does_not_matter(int release)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var reference = Make(release);
        var image = randn([1, 2, 8, 12], dtype: ScalarType.Float64);
        reference.to(ScalarType.Float64);
        foreach (var form in new[] { MlstmForm.Chunkwise, MlstmForm.Recurrent, MlstmForm.ParallelStable })
        {
            var other = Make(release, options: new MlstmOptions { Form = form, ChunkSize = 4 });
            other.to(ScalarType.Float64);
            other.load_state_dict(reference.state_dict());
            Close.Within(other.forward(image), reference.forward(image), 1e-10, form.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Another_resolution_resizes_the_position_embedding_on_the_fly_as_on_loading(int release)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var (small, large) = (Make(release), Make(release, height: 16, width: 16));
        Assert.Equal([1, 2, 3, 8], small.state_dict()["pos_embed.embed"].shape);
        large.load_state_dict(small.state_dict());
        var image = randn([1, 2, 16, 16]);
        Close.Within(large.forward(image), small.forward(image), 1e-5, "resized once and resized in the forward");
    }

    [Fact]
    public void A_classifier_checkpoint_loads_into_a_feature_extractor()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var classifier = new VisionLSTM2(Tiny2);
        var features = new VisionLSTM2(Tiny2 with { Classes = null, Head = TokenHead.ToImage, LegacyNorm = false });
        features.load_state_dict(classifier.state_dict());
        var image = randn([1, 2, 8, 12]);
        Assert.Equal([1, 8, 2, 3], features.forward(image).shape);
        Close.Within(features.Taps(image, [1])[0], classifier.Taps(image, [1])[0], 1e-6, "same blocks");
    }

    [Fact]
    public void Taps_are_the_residual_stream_between_the_blocks()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new VisionLSTM2(
            Tiny2 with { Depth = 2, Classes = null, Head = TokenHead.ToImage, PostBlocksNorm = false, LegacyNorm = false });
        var image = randn([2, 2, 8, 12]);
        var taps = model.Taps(image, [0, 3]);
        Assert.Equal(2, taps.Length);
        Assert.All(taps, tap => Assert.Equal([2, 8, 2, 3], tap.shape));
        Close.Within(taps[1], model.forward(image), 1e-6, "the last tap without final norm is the feature image");
        Assert.Throws<ArgumentException>(() => model.Taps(image, [4]));
        Assert.Throws<ArgumentException>(() => model.Taps(image, [2, 1]));
        Assert.Throws<ArgumentException>(() => model.Taps(image, []));
    }

    [Fact]
    public void A_fresh_classifier_starts_at_the_uniform_guess_with_the_documented_gates()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new VisionLSTM2(VisionLstmConfig.V2 with { Dim = 16, Depth = 1, Height = 32, Width = 32, Classes = 10 });
        Assert.True(model.forward(randn([1, 3, 32, 32])).abs().max().item<float>() < 1e-2);
        var state = model.state_dict();
        const string cell = "blocks.0.rowwise_from_bot_right.layer.mlstm_cell.";
        Assert.Equal([3f, 4f, 5f, 6f], state[cell + "fgate.bias"].data<float>().ToArray());
        Assert.Equal(0, state[cell + "fgate.weight"].abs().max().item<float>());
        Assert.Equal(0, state[cell + "outnorm.weight"].abs().max().item<float>());
        Assert.Equal(1, state["blocks.0.rowwise_from_bot_right.layer.learnable_skip"].min().item<float>());
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var broken = VisionLstmConfig.V1 with { Dim = 0, Depth = 0, Height = 100, DropPathRate = 1,
            Head = TokenHead.BilateralFlatten };
        var error = Assert.Throws<ArgumentException>(() => new VisionLSTM(broken));
        foreach (var part in new[] { "Dim", "Depth", "100 x 224", "DropPathRate", "BilateralFlatten" })
        {
            Assert.Contains(part, error.Message);
        }

        Assert.Contains("version 2", Assert.Throws<ArgumentException>(() => new VisionLSTM(Tiny2)).Message);
    }

    [Fact]
    public void Drop_path_rates_grow_linearly_only_where_asked()
    {
        var config = VisionLstmConfig.V2 with { Depth = 3, DropPathRate = 0.2 };
        Assert.Equal([0.2, 0.2, 0.2], Enumerable.Range(0, 3).Select(config.DropPathAt));
        Assert.Equal([0, 0.1, 0.2], Enumerable.Range(0, 3).Select((config with { DropPathDecay = true }).DropPathAt));
    }

    [Theory]
    [InlineData("xlstm.blocks.3.xlstm.conv1d.weight", 2, "blocks.1.rowwise_from_bot_right.layer.conv.weight")]
    [InlineData("xlstm.blocks.10.xlstm_norm.bias", 2, "blocks.5.rowwise_from_top_left.norm.bias")]
    [InlineData("xlstm.post_blocks_norm.weight", 2, "norm.weight")]
    [InlineData("head.0.weight", 2, "legacy_norm.weight")]
    [InlineData("head.1.bias", 2, "head.bias")]
    [InlineData("xlstm.blocks.3.xlstm.conv1d.conv.weight", 1, "blocks.3.layer.conv1d.conv.weight")]
    [InlineData("xlstm.post_blocks_norm.weight", 1, "legacy_norm.weight")]
    [InlineData("head.0.weight", 1, "norm.weight")]
    [InlineData("patch_embed.proj.weight", 1, "patch_embed.proj.weight")]
    public void Names_of_the_training_code_become_names_of_the_release(string name, int release, string expected) =>
        Assert.Equal(expected, VilCheckpoint.ReleaseName(name, release));

    private static VilEncoder Make(int release, long seed = 1, long height = 8, long width = 12, MlstmOptions? options = null)
    {
        manual_seed(seed);
        var config = (release == 1 ? Tiny1 : Tiny2) with { Height = height, Width = width,
            Mlstm = options ?? new MlstmOptions() };
        VilEncoder model = release == 1 ? new VisionLSTM(config) : new VisionLSTM2(config);
        // Away from the initial values, where whole branches are zero.
        using var no = no_grad();
        foreach (var parameter in model.parameters())
        {
            parameter.add_(randn(parameter.shape) * 0.3);
        }

        return model;
    }
}
