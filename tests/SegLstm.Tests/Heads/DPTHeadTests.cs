using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Models.ResNet;
using SegLstm.Models.SegLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Heads;

public sealed class DPTHeadTests
{
    [Theory]
    [InlineData(4, 16)]
    [InlineData(8, 16)]
    [InlineData(16, 32)]
    [InlineData(32, 64)]
    public void Equal_strides_are_reassembled_and_scores_come_out_at_stride_2(int patch, int side)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var head = new DPTHead([8, 8, 8, 8], classes: 3, channels: 4, patchSize: patch);
        var maps = Enumerable.Range(0, 4).Select(_ => randn([2, 8, 2 * side / patch, 3 * side / patch])).ToArray();
        Assert.Equal([2, 3, side, 3 * side / 2], head.forward(maps).shape);
    }

    [Fact]
    public void A_ready_pyramid_is_fused_as_it_is_also_with_odd_sizes_and_equal_last_strides()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var head = new DPTHead([4, 5, 6, 7], classes: 3, channels: 4);
        Assert.Equal([1, 3, 32, 48], head.forward(Pyramid((16, 24), (8, 12), (4, 6), (2, 3))).shape);
        Assert.Equal([1, 3, 26, 22], head.forward(Pyramid((13, 11), (7, 6), (4, 3), (2, 2))).shape);
        Assert.Equal([1, 3, 32, 48], head.forward(Pyramid((16, 24), (8, 12), (4, 6), (4, 6))).shape);
        Assert.DoesNotContain(head.state_dict().Keys, name => name.StartsWith("pretrained", StringComparison.Ordinal));

        static Tensor[] Pyramid(params (long Rows, long Columns)[] sizes) =>
            [.. sizes.Select((size, level) => randn([1, 4 + level, size.Rows, size.Columns]))];
    }

    [Fact]
    public void The_parameters_are_those_of_the_published_layers()
    {
        using var scope = NewDisposeScope();
        const int F = 256;
        var unit = (2 * 9 * F * F) + (4 * F);
        var fusion = (7 * unit) + (4 * ((F * F) + F)) + (9 * F * F) + (2 * F) + (7 * (F + 1));
        Assert.Equal(fusion + (9 * F * (256 + 512 + 1024 + 2048)),
            Complexity.CountParameters(new DPTHead([256, 512, 1024, 2048], classes: 7)));
        // Width 384 at patch 16: 48, 96, 192, 384 channels at strides 4, 8, 16, 32.
        var reassembled = ((48 + 96 + 192 + 384) * 385) + (48 * 48 * 16) + 48 + (96 * 96 * 4) + 96 + (384 * 384 * 9) + 384;
        Assert.Equal(fusion + reassembled + (9 * F * (48 + 96 + 192 + 384)),
            Complexity.CountParameters(new DPTHead([384, 384, 384, 384], classes: 7, patchSize: 16)));
    }

    [Fact]
    public void Names_are_the_authors_and_their_checkpoints_load_without_the_unit_that_nothing_reads()
    {
        using var scope = NewDisposeScope();
        var backbone = new SegLSTM(new SegLstmConfig { Dim = 8, Height = 32, Width = 32, Depths = [1, 1, 1, 1] });
        var head = new DPTHead(backbone.Channels, classes: 3, channels: 4, patchSize: 16);
        var names = head.state_dict().Keys.ToHashSet();
        Assert.Contains("pretrained.act_postprocess1.4.weight", names);
        Assert.Contains("scratch.layer4_rn.weight", names);
        Assert.Contains("scratch.refinenet1.resConfUnit1.bn2.running_mean", names);
        Assert.Contains("scratch.refinenet4.out_conv.bias", names);
        Assert.DoesNotContain("scratch.refinenet4.resConfUnit1.conv1.weight", names);

        var official = head.state_dict().ToDictionary(
            pair => pair.Key.Replace("project.conv.", "scratch.output_conv.0.").Replace("project.bn.", "scratch.output_conv.1.")
                .Replace("conv_seg.", "scratch.output_conv.4."),
            pair => pair.Value);
        official["scratch.refinenet4.resConfUnit1.conv1.weight"] = ones(4, 4, 3, 3);
        new DPTHead(backbone.Channels, classes: 3, channels: 4, patchSize: 16).load_state_dict(official);

        var model = new Segmenter(backbone, new DPTHead(backbone.Channels, classes: 3, channels: 4, patchSize: 16));
        var whole = backbone.state_dict().ToDictionary(pair => "backbone." + pair.Key, pair => pair.Value);
        foreach (var (name, value) in official)
        {
            whole["decode_head." + name] = value;
        }

        model.load_state_dict(whole);
        var loaded = model.state_dict()["decode_head.project.conv.weight"];
        Assert.Equal(0, Close.Error(loaded, head.state_dict()["project.conv.weight"]));
    }

    [Fact]
    public void A_head_for_another_stride_or_for_tokens_is_refused_with_what_would_fit()
    {
        using var scope = NewDisposeScope();
        var tokens = new SegLSTM(new SegLstmConfig { Dim = 8, Height = 16, Width = 16, PatchSize = 8, Depths = [1, 1, 1, 1] });
        var other = Assert.Throws<ArgumentException>(
            () => new Segmenter(tokens, new DPTHead([8, 8, 8, 8], classes: 3, channels: 4, patchSize: 16))).Message;
        Assert.Contains("strides [8, 8, 8, 8]", other);
        Assert.Contains("patchSize: 8", other);
        var pyramid = new ResNetBackbone(new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 2 });
        Assert.Contains("without patchSize", Assert.Throws<ArgumentException>(
            () => new Segmenter(pyramid, new DPTHead(pyramid.Channels, classes: 3, channels: 4, patchSize: 16))).Message);
        Assert.Contains("input channels [8, 16, 32, 64]", Assert.Throws<ArgumentException>(
            () => new Segmenter(pyramid, new DPTHead([8, 16, 32, 32], classes: 3, channels: 4))).Message);
        Assert.Contains("four maps", Assert.Throws<ArgumentException>(() => new DPTHead([8, 8], classes: 3)).Message);
        Assert.Contains("1, 2, 4, 8, 16 or 32",
            Assert.Throws<ArgumentException>(() => new DPTHead([8, 8, 8, 8], classes: 3, patchSize: 14)).Message);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(null)]
    public void Gradients_agree_with_central_differences_in_training_mode(int? patch)
    {
        manual_seed(4);
        var head = new DPTHead([4, 4, 4, 4], classes: 3, channels: 3, patchSize: patch, dropout: 0);
        head.to(ScalarType.Float64);
        var maps = Enumerable.Range(0, 4).Select(_ => randn([2, 4, 4, 4], dtype: ScalarType.Float64)).ToArray();
        var weight = randn(head.forward(maps).shape, dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (head.forward(maps) * weight).sum(),
            head.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
            samples: 1);
    }

    [Fact]
    public void Multiply_adds_match_a_hand_count()
    {
        using var scope = NewDisposeScope();
        const double F = 2;
        var head = new DPTHead([3, 3, 3, 3], classes: 5, channels: 2);
        double Unit(double pixels) => pixels * F * ((2 * ((9 * F) + 1 + 2)) + 1);
        double Out(double pixels) => pixels * F * (4 + F + 1);
        var expected = (256 + 64 + 16 + 4) * 9.0 * 3 * F
            + Unit(4) + Out(16)
            + (2 * Unit(16)) + (16 * F) + Out(64)
            + (2 * Unit(64)) + (64 * F) + Out(256)
            + (2 * Unit(256)) + (256 * F) + Out(1024)
            + (1024 * F * ((9 * F) + 3)) + (1024 * 5 * (F + 1));
        Assert.Equal(expected, head.MultiplyAdds([256, 64, 16, 4]), 6);
        // With tokens at stride 16: 16 of them become 256, 64, 16 and 4 pixels.
        var tokens = new DPTHead([8, 8, 8, 8], classes: 5, channels: 2, patchSize: 16, reassembled: [3, 3, 3, 3]);
        var reassembly = (4 * 16 * 3 * 9.0) + (256 * 3 * 4) + (64 * 3 * 4) + (4 * 3 * 28);
        Assert.Equal(expected + reassembly, tokens.MultiplyAdds([16, 16, 16, 16]), 6);
    }
}
