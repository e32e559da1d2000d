using SegLstm.Layers;
using SegLstm.Models;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VisionLstm;

public sealed class VisLstmTests
{
    private static readonly VisLstmConfig Tiny2 = new()
    {
        Layer = new VisLstmConfig().Layer with { Dim = 8, InnerDim = 16 },
        Channels = 2, Height = 8, Width = 12, PatchSize = 4, Depth = 2, Classes = 3,
    };

    private static readonly VisLstmConfig Tiny1 = Tiny2 with
    {
        Layer = VisLstmConfig.V1.Layer with { Dim = 8, InnerDim = 16 }, Head = TokenHead.BilateralAverage,
    };

    private static readonly MlstmLayerConfig OneWay = Tiny1.Layer with { Alternation = Alternation.None };

    /// <summary>Every choice of the ablations, some of them together.</summary>
    private static readonly Dictionary<string, VisLstmConfig> Choices = new()
    {
        ["release 1"] = Tiny1,
        ["release 2"] = Tiny2,
        ["one direction, last"] = Tiny1 with { Layer = OneWay, Head = TokenHead.Last },
        ["parallel"] = Tiny1 with { Layer = OneWay with { Bidirectional = true } },
        ["parallel, shared, 2-D"] = Tiny2 with
        {
            Layer = Tiny2.Layer with { Alternation = Alternation.None, Bidirectional = true, ShareDirections = true },
        },
        ["four in turn, 2-D, middle"] = Tiny2 with
        {
            Layer = Tiny2.Layer with { Alternation = Alternation.Quaddirectional }, Depth = 4, Head = TokenHead.Middle,
            MiddleTokens = 2,
        },
        ["four parallel, mean"] = Tiny1 with { Layer = OneWay with { Quaddirectional = true }, Head = TokenHead.Mean },
        ["four parallel, shared, biases, first"] = Tiny1 with
        {
            Layer = OneWay with { Quaddirectional = true, ShareDirections = true, Bias = true }, Head = TokenHead.First,
        },
        ["convolved values, scaled"] = Tiny2 with
        {
            Layer = Tiny2.Layer with { ShareConvolution = false, ConvolveValues = true, LayerScale = 0.5 },
        },
        ["class token, no norms"] = Tiny1 with
        {
            ExtraTokens = 1, Head = TokenHead.ClassTokens, PostBlocksNorm = false, HeadNorm = false,
        },
        ["class tokens at both ends, mean"] = Tiny1 with
        {
            ExtraTokens = 2, ExtraLocation = TokenLocation.Bilateral, Head = TokenHead.ClassTokensMean,
        },
        ["registers, 2-D, four in turn"] = Tiny2 with
        {
            Layer = Tiny2.Layer with { Alternation = Alternation.Quaddirectional }, Depth = 4, ExtraTokens = 3,
            ExtraLocation = TokenLocation.Uniform,
        },
    };

    public static TheoryData<string> Names => [.. Choices.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_gets_the_right_gradient(string name)
    {
        var model = Make(Choices[name]);
        model.to(ScalarType.Float64);
        var image = randn([2, 2, 8, 12], dtype: ScalarType.Float64).requires_grad_();
        var weight = randn([2, 3], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (model.forward(image) * weight).sum(),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("image", image)),
            samples: 1);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.grad!.abs().max().item<double>() > 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_count_of_parameters_is_that_of_the_formula(string name)
    {
        using var scope = NewDisposeScope();
        var config = Choices[name];
        var (layer, d, e) = (config.Layer, config.Layer.Dim, config.Layer.Inner);
        var bias = layer.Bias ? 1 : 0;
        var own = layer.ShareDirections ? 1 : layer.Quaddirectional ? 4 : layer.Bidirectional ? 2 : 1;
        var kernel = layer.Convolution == ConvolutionKind.Causal1d ? 4 : 9;
        var convolutions = layer.ShareConvolution ? 1 : 3;
        // Maps in blocks of four; convolution; gates of four heads; outnorm and skip. Biases of outnorm forward only.
        var direction = (3 * e * (4 + bias)) + (convolutions * e * (kernel + 1)) + (2 * 4 * ((3 * e) + 1)) + (2 * e);
        var block = (2 * e * (d + bias)) + (d * (e + bias)) + (own * direction) + (bias * e) + (d * (1 + bias))
            + (layer.LayerScale is null ? 0 : d);
        var end = (config.PostBlocksNorm ? d * (1 + bias) : 0) + ((config.HeadNorm ? 2 : 0) * config.Pooled)
            + (3 * (config.Pooled + 1));
        var begin = (d * ((2 * 16) + 1)) + (6 * d) + (config.ExtraTokens * d);
        Assert.Equal(begin + (config.Depth * block) + end, Complexity.CountParameters(new VisLSTM(config)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_does_not_depend_on_its_batch_and_other_grids_run(string name)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = Make(Choices[name]);
        model.eval();
        var images = randn([3, 2, 12, 20]);
        var together = model.forward(images);
        Assert.Equal([3, 3], together.shape);
        Close.Within(cat([.. images.split(1).Select(model.forward)]), together, 1e-5, "one by one");
        Assert.All(model.Taps(images, [0, 1]), tap => Assert.Equal([3, 8, 3, 5], tap.shape));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forgotten_activations_change_no_gradient(string name)
    {
        using var scope = NewDisposeScope();
        var model = Make(Choices[name]);
        var image = randn([2, 2, 8, 12]);
        var (kept, forgotten) = (Gradients(false), Gradients(true));
        Assert.All(kept.Zip(forgotten), pair => Close.Within(pair.Second, pair.First, 1e-5, "gradient"));

        List<Tensor> Gradients(bool forget)
        {
            model.ActivationCheckpointing = forget;
            model.zero_grad();
            model.forward(image).square().sum().backward();
            return [.. model.parameters().Select(parameter => parameter.grad!.clone())];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_the_choices_of_a_release_it_is_that_release(int version)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var training = Make(version == 1 ? Tiny1 : Tiny2);
        VilEncoder release = version == 1
            ? new VisionLSTM(VisionLstmConfig.V1 with { Dim = 8, Channels = 2, Height = 8, Width = 12, PatchSize = 4, Depth = 2,
                Classes = 3, LegacyNorm = true })
            : new VisionLSTM2(VisionLstmConfig.V2 with { Dim = 8, Channels = 2, Height = 8, Width = 12, PatchSize = 4, Depth = 1,
                Classes = 3, LegacyNorm = true, PostBlocksNormEps = 1e-5, HeadNormEps = 1e-6 });
        // The names of the training code become those of the release by themselves.
        release.load_state_dict(training.state_dict());
        var image = randn([2, 2, 8, 12]);
        Close.Within(training.forward(image), release.forward(image), 1e-6, $"release {version}");
        Assert.Equal(release.MultiplyAdds(8, 12), training.MultiplyAdds(8, 12), 1e-9 * release.MultiplyAdds(8, 12));
        Assert.Equal(Complexity.CountParameters(release), Complexity.CountParameters(training));
    }

    [Theory]
    [InlineData(192, 6_391_528)]
    [InlineData(384, 23_398_696)]
    public void The_defaults_have_the_published_parameters(long dim, long parameters)
    {
        using var scope = NewDisposeScope();
        var config = new VisLstmConfig();
        Assert.Equal(parameters,
            Complexity.CountParameters(new VisLSTM(config with { Layer = config.Layer with { Dim = dim } })));
    }

    [Fact]
    public void Names_are_those_of_the_training_checkpoints()
    {
        using var scope = NewDisposeScope();
        var config = Choices["class token, no norms"] with { PostBlocksNorm = true, HeadNorm = true };
        var names = new VisLSTM(config).state_dict().Keys;
        Assert.Superset(
            new HashSet<string>
            {
                "patch_embed.proj.weight", "pos_embed.embed", "cls_tokens.tokens", "xlstm.blocks.1.xlstm_norm.weight",
                "xlstm.blocks.0.xlstm.conv1d.conv.weight", "xlstm.blocks.0.xlstm.mlstm_cell.igate.bias",
                "xlstm.post_blocks_norm.weight", "head.0.weight", "head.1.bias",
            },
            names.ToHashSet());
        Assert.Contains("xlstm.blocks.0.xlstm.q_proj_du.weight", new VisLSTM(Choices["four parallel, mean"]).state_dict().Keys);
        Assert.Contains("xlstm.blocks.1.xlstm.conv1d.weight", new VisLSTM(Tiny2).state_dict().Keys);
    }

    [Fact]
    public void A_class_token_pools_what_the_others_do_not_see()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        // All blocks read forward: the token in the middle has seen the upper half of the image and nothing else.
        var model = Make(Tiny1 with { Layer = OneWay, ExtraTokens = 1, Head = TokenHead.ClassTokens });
        var (image, upper, lower) = (randn([1, 2, 8, 12]), randn([1, 2, 4, 12]), randn([1, 2, 4, 12]));
        var before = model.forward(image);
        image.narrow(2, 4, 4).copy_(lower);
        Close.Within(model.forward(image), before, 1e-6, "the lower half");
        image.narrow(2, 0, 4).copy_(upper);
        Assert.True(Close.Error(model.forward(image), before) > 1e-3);
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var broken = new VisLstmConfig
        {
            Layer = new VisLstmConfig().Layer with { Bidirectional = true, ConvKernelSize = 4 }, Height = 100, Depth = 0,
            Head = TokenHead.ClassTokens, MiddleTokens = 0, HeadNormEps = 0, DropPathRate = 1, Stride = 0, Channels = 0,
        };
        var error = Assert.Throws<ArgumentException>(() => new VisLSTM(broken));
        foreach (var part in new[]
        {
            "odd for a 2-D", "100 x 224", "Depth", "class tokens", "MiddleTokens", "HeadNormEps", "DropPathRate", "Stride",
            "Channels", "Directions alternate",
        })
        {
            Assert.Contains(part, error.Message);
        }

        Assert.Contains("Nothing reads a register", string.Join(" ", (Tiny1 with
        {
            Layer = OneWay, ExtraTokens = 2, ExtraLocation = TokenLocation.Last,
        }).Validate()));
        Assert.Contains("even at both ends", string.Join(" ", (Tiny1 with
        {
            ExtraTokens = 1, ExtraLocation = TokenLocation.Bilateral,
        }).Validate()));
        Assert.Contains("not on ToImage", string.Join(" ", (Tiny1 with { Head = TokenHead.ToImage }).Validate()));
        Assert.Contains("training code", string.Join(" ", (VisionLstmConfig.V2 with { Head = TokenHead.Mean }).Validate()));
    }

    private static VisLSTM Make(VisLstmConfig config)
    {
        manual_seed(3);
        var model = new VisLSTM(config);
        // Away from the initial values, where whole branches are zero.
        using var no = no_grad();
        foreach (var parameter in model.parameters())
        {
            parameter.add_(randn(parameter.shape) * 0.3);
        }

        return model;
    }
}
