using SegLstm.Models.ResNet;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.ResNet;

public sealed class ResNetBackboneTests
{
    private static readonly ResNetConfig Tiny = new() { Blocks = [1, 2, 3, 3], Width = 2, Channels = 4 };

    [Theory]
    [InlineData(32, 64, 96, new[] { 4, 8, 16, 32 })]
    [InlineData(16, 64, 96, new[] { 4, 8, 16, 16 })]
    [InlineData(8, 32, 40, new[] { 4, 8, 8, 8 })]
    public void Maps_have_the_declared_strides_and_channels_also_for_rectangles(
        int outputStride, long height, long width, int[] strides)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var backbone = new ResNetBackbone(Tiny with { OutputStride = outputStride });
        Assert.Equal(strides, backbone.Strides);
        Assert.Equal([8, 16, 32, 64], backbone.Channels);
        var maps = backbone.forward(randn([2, 4, height, width]));
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal([2, backbone.Channels[k], height / strides[k], width / strides[k]], maps[k].shape);
        }
    }

    [Fact]
    public void Sides_that_are_no_multiple_of_the_stride_are_rounded_up()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var maps = new ResNetBackbone(Tiny with { OutputStride = 16 }).forward(randn([1, 4, 33, 47]));
        Assert.Equal([9, 12], maps[0].shape[2..]);
        Assert.Equal([3, 3], maps[3].shape[2..]);
    }

    [Theory]
    [InlineData(16, DilationRule.AfterFirstBlock, "1 1 1", "1 2 2")]
    [InlineData(16, DilationRule.WholeStage, "1 1 1", "2 2 2")]
    [InlineData(8, DilationRule.AfterFirstBlock, "1 2 2", "2 4 4")]
    [InlineData(8, DilationRule.WholeStage, "2 2 2", "4 4 4")]
    [InlineData(32, DilationRule.WholeStage, "1 1 1", "1 1 1")]
    public void Dilation_follows_the_rule_of_its_source(int outputStride, DilationRule rule, string third, string fourth)
    {
        using var scope = NewDisposeScope();
        var backbone = new ResNetBackbone(Tiny with { OutputStride = outputStride, Dilation = rule });
        Assert.Equal(third, Dilations("layer3"));
        Assert.Equal(fourth, Dilations("layer4"));
        Assert.Equal("1 1", Dilations("layer2"));

        string Dilations(string stage) => string.Join(' ', backbone.named_modules()
            .Where(pair => pair.name.StartsWith(stage, StringComparison.Ordinal))
            .Where(pair => pair.name.EndsWith("conv2", StringComparison.Ordinal))
            .Select(pair => ((Conv2d)pair.module).dilation[0]));
    }

    [Fact]
    public void Names_are_torchvisions()
    {
        using var scope = NewDisposeScope();
        var names = new ResNetBackbone(ResNetConfig.ResNet50).state_dict().Keys.ToHashSet();
        Assert.Equal(318, names.Count);
        Assert.Contains("conv1.weight", names);
        Assert.Contains("layer1.0.downsample.1.running_var", names);
        Assert.Contains("layer3.5.bn3.num_batches_tracked", names);
        Assert.DoesNotContain("layer4.1.downsample.0.weight", names);
    }

    [Fact]
    public void The_weights_are_kaiming_normal_by_the_fan_of_the_source()
    {
        manual_seed(3);
        using var scope = NewDisposeScope();
        var wide = ResNetConfig.ResNet50 with { Blocks = [1, 1, 1, 1] };
        Assert.Equal(Math.Sqrt(2.0 / (64 * 9)), Deviation(wide, "layer1.0.conv2.weight"), 0.002);
        Assert.Equal(Math.Sqrt(2.0 / 256), Deviation(wide, "layer1.0.conv3.weight"), 0.002);
        var byFanIn = wide with { InitFan = nn.init.FanInOut.FanIn };
        Assert.Equal(Math.Sqrt(2.0 / 64), Deviation(byFanIn, "layer1.0.conv3.weight"), 0.004);

        static double Deviation(ResNetConfig config, string name) =>
            new ResNetBackbone(config).state_dict()[name].std().item<float>();
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void The_new_batch_has_the_share_of_the_momentum_in_the_running_statistics(double momentum)
    {
        using var scope = NewDisposeScope();
        var backbone = new ResNetBackbone(Tiny with { BatchNormMomentum = momentum });
        var image = randn([2, 4, 32, 32]);
        var state = backbone.state_dict();
        var stem = nn.functional.conv2d(image, state["conv1.weight"], null, strides: [2, 2], padding: [3, 3]);
        backbone.train();
        backbone.forward(image);
        Close.Within(state["bn1.running_mean"], momentum * stem.mean([0, 2, 3]), 1e-4, "running mean");
    }

    [Fact]
    public void Checkpointing_gives_the_same_gradients_and_moves_the_running_statistics_once()
    {
        using var scope = NewDisposeScope();
        var (plain, again) = (new ResNetBackbone(Tiny), new ResNetBackbone(Tiny) { ActivationCheckpointing = true });
        again.load_state_dict(plain.state_dict());
        var image = randn([2, 4, 64, 64], dtype: ScalarType.Float64);
        foreach (var backbone in new[] { plain, again })
        {
            backbone.to(ScalarType.Float64);
            backbone.train();
            backbone.forward(image).Select(map => map.square().mean()).Aggregate((a, b) => a + b).backward();
        }

        // In units of the largest of all: where the max pooling meets no window that is negative throughout, the stem's shift has no
        // gradient but rounding's, as the next norm takes it off again.
        var largest = plain.parameters().Max(parameter => parameter.grad!.abs().max().item<double>());
        foreach (var (first, second) in plain.named_parameters().Zip(again.named_parameters()))
        {
            Assert.InRange((second.parameter.grad! - first.parameter.grad!).abs().max().item<double>() / largest, 0, 1e-8);
        }

        foreach (var (first, second) in plain.named_buffers().Zip(again.named_buffers()))
        {
            Close.Within(second.buffer, first.buffer, 1e-12, first.name);
        }

        Assert.Equal(1, again.state_dict()["layer4.0.bn2.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void A_checkpoint_of_torchvision_or_of_lseg_loads()
    {
        using var scope = NewDisposeScope();
        var (source, target) = (new ResNetBackbone(Tiny), new ResNetBackbone(Tiny));
        var old = source.state_dict()
            .Where(pair => !pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToDictionary();
        old["fc.weight"] = ones(1000, 64);
        old["fc.bias"] = ones(1000);
        target.load_state_dict(old);
        Assert.Equal(0, Close.Error(target.state_dict()["conv1.weight"], source.state_dict()["conv1.weight"]));

        var grouped = source.state_dict().ToDictionary(pair => pair.Key.Replace("layer1.", "layer1.4."), pair => pair.Value);
        foreach (var (own, lseg) in new[] { ("conv1.", "layer1.0."), ("bn1.", "layer1.1.") })
        {
            foreach (var name in grouped.Keys.Where(key => key.StartsWith(own, StringComparison.Ordinal)).ToArray())
            {
                grouped.Remove(name, out var value);
                grouped.Add(lseg + name[own.Length..], value!);
            }
        }

        var third = new ResNetBackbone(Tiny);
        third.load_state_dict(grouped);
        Assert.Equal(0, Close.Error(third.state_dict()["layer1.0.conv1.weight"], source.state_dict()["layer1.0.conv1.weight"]));
        Assert.Equal(0, Close.Error(third.state_dict()["bn1.weight"], source.state_dict()["bn1.weight"]));
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_it_is_right()
    {
        manual_seed(5);
        var backbone = new ResNetBackbone(Tiny with { Blocks = [1, 1, 1, 2], OutputStride = 16 });
        backbone.to(ScalarType.Float64);
        var image = randn([2, 4, 32, 32], dtype: ScalarType.Float64);
        var weights = backbone.forward(image).Select(map => randn(map.shape, dtype: ScalarType.Float64)).ToArray();
        GradientCheck.Run(
            () => backbone.forward(image).Zip(weights, (map, weight) => (map * weight).mean()).Aggregate((a, b) => a + b),
            backbone.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
            samples: 1);
    }

    [Fact]
    public void What_is_wrong_is_said_in_words()
    {
        using var scope = NewDisposeScope();
        var config = Assert.Throws<ArgumentException>(
            () => new ResNetBackbone(Tiny with { Blocks = [1, 2], OutputStride = 4, BatchNormMomentum = 0 })).Message;
        Assert.Contains("[1, 2]", config);
        Assert.Contains("8, 16 or 32, got 4", config);
        Assert.Contains("BatchNormMomentum", config);
        var bands = Assert.Throws<ArgumentException>(() => new ResNetBackbone(Tiny).forward(randn([1, 3, 32, 32]))).Message;
        Assert.Contains("(N, 4, h, w)", bands);
        Assert.Contains("(1, 3, 32, 32)", bands);
    }

    [Fact]
    public void Multiply_adds_match_a_hand_count()
    {
        using var scope = NewDisposeScope();
        var backbone = new ResNetBackbone(new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 1, Channels = 1 });
        // 32 x 32: 16² behind the stem, 8² behind the pool; then a block a stage at 8², 4², 2², 1.
        var stem = (256.0 * (49 + 3)) + (64 * 9);
        double Block(double before, double after, double inC, double w) => (before * w * (inC + 3)) + (after * w * ((9 * w) + 3))
            + (after * 4 * w * (w + 2 + 1 + 1)) + (after * 4 * w * (inC + 2));
        Assert.Equal(stem + Block(64, 64, 1, 1) + Block(64, 16, 4, 2) + Block(16, 4, 8, 4) + Block(4, 1, 16, 8),
            backbone.MultiplyAdds(32, 32), 6);
    }
}
