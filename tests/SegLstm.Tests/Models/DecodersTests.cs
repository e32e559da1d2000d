using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Models.ResNet;
using SegLstm.Models.SegLstm;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models;

public sealed class DecodersTests
{
    [Theory]
    [InlineData(Decoder.Dpt, 32, 64)]
    [InlineData(Decoder.Dpt, 48, 16)]
    [InlineData(Decoder.Linear, 16, 48)]
    public void Token_maps_take_dpt_and_the_linear_probe_for_any_multiple_of_the_patch(Decoder decoder, long height, long width)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var config = new SegLstmConfig { Dim = 8, Height = 32, Width = 32, Depths = [1, 1, 1, 1] };
        var model = Decoders.Compose(new SegLSTM(config), 4, decoder, channels: 4, auxiliaryChannels: 0);
        Assert.Equal([2, 4, height, width], model.forward(randn([2, 3, height, width])).shape);
    }

    [Theory]
    [InlineData(8, Decoder.Dpt)]
    [InlineData(16, Decoder.Dpt)]
    [InlineData(32, Decoder.Dpt)]
    [InlineData(32, Decoder.Linear)]
    public void Pyramids_take_dpt_and_the_linear_probe(int outputStride, Decoder decoder)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var backbone = new ResNetBackbone(new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 2, OutputStride = outputStride });
        var model = Decoders.Compose(backbone, 4, decoder, channels: 4, auxiliaryChannels: 4);
        Assert.Equal([2, 4, 64, 96], model.forward(randn([2, 3, 64, 96])).shape);
    }

    [Fact]
    public void The_width_of_a_decoder_is_the_published_one_unless_told_otherwise()
    {
        using var scope = NewDisposeScope();
        var backbone = new SegLSTM(new SegLstmConfig { Dim = 8, Height = 32, Width = 32, Depths = [1, 1, 1, 1] });
        Assert.Equal(256, Decoders.Compose(backbone, 4, Decoder.Dpt, auxiliaryChannels: 0).Head.Channels);
        Assert.Equal(512, Decoders.Compose(backbone, 4, Decoder.DeepLabV3, auxiliaryChannels: 0).Head.Channels);
        Assert.Equal(12, Decoders.Compose(backbone, 4, Decoder.Fcn, channels: 12, auxiliaryChannels: 0).Head.Channels);
    }

    [Fact]
    public void Dpt_on_other_than_four_maps_is_refused_with_what_would_fit()
    {
        using var scope = NewDisposeScope();
        var three = new VisionLstmBackbone(
            VisionLstmConfig.V2 with { Dim = 16, Depth = 2, Height = 32, Width = 32 }, [0, 1, 2], pyramid: false);
        var error = Assert.Throws<ArgumentException>(() => Decoders.Compose(three, 4, Decoder.Dpt)).Message;
        Assert.Contains("four maps, but the backbone gives 3", error);
        Assert.Contains("UPerNet", error);
    }

    [Theory]
    [InlineData("resnet50_deeplabv3plus")]
    [InlineData("seglstm_dpt")]
    [InlineData("seglstm_linear")]
    [InlineData("vil2_tiny_dpt")]
    public void Gradients_of_whole_models_agree_with_central_differences(string name)
    {
        manual_seed(8);
        var model = Catalog.Find(name).CreateTiny();
        using (no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.add_(randn(parameter.shape) * 0.1);
            }
        }

        model.to(ScalarType.Float64);
        var image = randn([2, 3, 32, 32], dtype: ScalarType.Float64);
        var weight = randn([2, 3, 32, 32], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () =>
            {
                manual_seed(9);
                var (logits, auxiliary) = model.ForwardWithAuxiliary(image);
                return ((auxiliary is null ? logits : logits + auxiliary) * weight).mean();
            },
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
            samples: 1);
    }

    [Fact]
    public void The_linear_entry_is_a_probe_and_no_more()
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Create("seglstm_linear", 7, 3, 512);
        Assert.IsType<LinearHead>(model.Head);
        Assert.Null(model.Auxiliary);
        Assert.Equal(22_724_160 + (7 * ((4 * 384) + 1)), Complexity.CountParameters(model));
    }
}
