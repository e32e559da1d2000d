using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Models.ResNet;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.DeepLab;

public sealed class DeepLabV3PlusTests
{
    private static readonly DeepLabConfig Tiny = new()
    {
        Backbone = ResNetConfig.GlcNet with { Blocks = [1, 1, 1, 1], Width = 2, Channels = 4 },
        Channels = 6,
        FineChannels = 3,
        Classes = 5,
    };

    [Fact]
    public void The_published_network_has_the_parameters_of_the_authors_layers()
    {
        using var scope = NewDisposeScope();
        using var model = new DeepLabV3Plus(new DeepLabConfig());
        // Counted on the same layers in PyTorch: backbone 23,508,032, encoder 15,535,104, decoder 1,305,447 at 7 classes.
        Assert.Equal(40_348_583, Complexity.CountParameters(model));
    }

    [Theory]
    [InlineData(DeepLabDecoderKind.PreTraining, "decoder", "conv41")]
    [InlineData(DeepLabDecoderKind.FineTuning, "decoder_ft", "conv4")]
    [InlineData(DeepLabDecoderKind.KeptInFineTuning, "decoder", "conv4")]
    public void Names_say_which_stage_of_training_a_checkpoint_is_from(DeepLabDecoderKind kind, string decoder, string last)
    {
        using var scope = NewDisposeScope();
        var names = new DeepLabV3Plus(Tiny with { Decoder = kind }).state_dict().Keys.ToHashSet();
        Assert.Contains("backbone.layer4.0.conv2.weight", names);
        Assert.Contains("encoder.ASPP._atrous_convolution4.1.running_mean", names);
        Assert.Contains("encoder.ASPP._image_pool.1.weight", names);
        Assert.Contains("encoder.bn1.bias", names);
        Assert.Equal(
            ["bn1", "bn2", "bn3", "conv1", "conv2", "conv3", last],
            names.Where(name => name.StartsWith("decoder", StringComparison.Ordinal)).Select(name => name.Split('.')[1])
                .Distinct().Order());
        Assert.Contains($"{decoder}.{last}.bias", names);
    }

    [Theory]
    [InlineData(32, 48)]
    [InlineData(33, 41)]
    public void Scores_have_the_size_of_the_image_whatever_it_is(long height, long width)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new DeepLabV3Plus(Tiny);
        Assert.Equal([2, 5, height, width], model.forward(randn([2, 4, height, width])).shape);
        var (coarse, fine) = model.Encode(randn([2, 4, height, width]));
        Assert.Equal([2, 6, (height + 15) / 16, (width + 15) / 16], coarse.shape);
        Assert.Equal([2, 8, (height + 3) / 4, (width + 3) / 4], fine.shape);
    }

    [Fact]
    public void Corner_scores_are_those_of_the_corners_of_the_fine_map()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new DeepLabV3Plus(Tiny);
        model.eval();
        var (coarse, fine) = model.Encode(randn([1, 4, 32, 48]));
        var small = model.Decode(coarse, fine, fine.shape[2], fine.shape[3]);
        var large = model.Decode(coarse, fine, 32, 48);
        foreach (var (row, column) in new[] { (0, 0), (0, -1), (-1, 0), (-1, -1) })
        {
            Close.Within(large[.., .., row, column], small[.., .., row, column], 1e-5, "corner");
        }
    }

    [Theory]
    [InlineData(16, "6 12 18")]
    [InlineData(8, "3 5 7")]
    public void The_pyramid_has_the_dilations_of_the_output_stride(int outputStride, string dilations)
    {
        using var scope = NewDisposeScope();
        var model = new DeepLabV3Plus(Tiny with { Backbone = Tiny.Backbone with { OutputStride = outputStride } });
        Assert.Equal(dilations, string.Join(' ', model.named_modules()
            .Where(pair => pair.name.Contains("_atrous", StringComparison.Ordinal))
            .Select(pair => pair.module).OfType<Conv2d>().Skip(1).Select(convolution => convolution.dilation[0])));
    }

    [Theory]
    [InlineData(DeepLabDecoderKind.PreTraining, 0, false)]
    [InlineData(DeepLabDecoderKind.PreTraining, 0.5, true)]
    [InlineData(DeepLabDecoderKind.FineTuning, 0, true)]
    public void Training_drops_in_the_encoder_and_in_a_decoder_that_is_fine_tuned(
        DeepLabDecoderKind kind, double encoder, bool drops)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var model = new DeepLabV3Plus(Tiny with { Decoder = kind, EncoderDropout = encoder });
        var image = randn([2, 4, 32, 32]);
        Assert.Equal(drops, Close.Error(model.forward(image), model.forward(image)) > 1e-6);
        model.eval();
        Assert.Equal(0, Close.Error(model.forward(image), model.forward(image)));
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_it_is_right()
    {
        manual_seed(5);
        var model = new DeepLabV3Plus(Tiny with { EncoderDropout = 0, DecoderDropout = (0, 0) });
        model.to(ScalarType.Float64);
        var image = randn([2, 4, 32, 48], dtype: ScalarType.Float64);
        var weight = randn([2, 5, 32, 48], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (model.forward(image) * weight).mean(),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
            samples: 1);
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var error = Assert.Throws<ArgumentException>(() => new DeepLabV3Plus(
            Tiny with { Backbone = ResNetConfig.ResNet50, Classes = 0, EncoderDropout = 1 })).Message;
        Assert.Contains("8 or 16", error);
        Assert.Contains("Classes", error);
        Assert.Contains("Dropouts", error);
    }

    [Fact]
    public void Multiply_adds_are_mostly_the_taps_of_the_convolutions()
    {
        using var scope = NewDisposeScope();
        using var model = new DeepLabV3Plus(new DeepLabConfig());
        // Encoder at 16², decoder at 64², by hand; the backbone has a test of its own.
        var encoder = 256.0 * ((256 * 2048 * (1 + 27)) + (256 * 1280));
        var decoder = 4096.0 * ((48 * 256) + (9 * 256 * 304) + (9 * 256 * 256) + (7 * 256));
        Assert.InRange(model.MultiplyAdds(256, 256) - model.Backbone.MultiplyAdds(256, 256), encoder + decoder,
            1.01 * (encoder + decoder));
    }
}
