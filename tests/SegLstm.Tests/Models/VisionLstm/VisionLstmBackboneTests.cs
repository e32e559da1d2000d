using SegLstm.Layers;
using SegLstm.Models;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VisionLstm;

public sealed class VisionLstmBackboneTests
{
    private static readonly VisionLstmConfig Release1 =
        VisionLstmConfig.V1 with { Dim = 8, Height = 32, Width = 32, Depth = 4, Classes = 5, LegacyNorm = true };

    private static readonly VisLstmConfig Training = new()
    {
        Layer = new VisLstmConfig().Layer with { Dim = 8, InnerDim = 16 }, Height = 32, Width = 32, Depth = 4, Classes = 5,
    };

    public static TheoryData<string> Entries => [.. Catalog.List("vil*").Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Every_parameter_of_a_tiny_entry_gets_a_gradient(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var model = Catalog.Find(name).CreateTiny();
        var (logits, auxiliary) = model.ForwardWithAuxiliary(randn([2, 3, 32, 48]));
        Assert.Equal([2, 3, 32, 48], logits.shape);
        (logits.square().sum() + auxiliary!.square().sum()).backward();
        Assert.Empty(model.named_parameters().Where(p => p.parameter.grad is null).Select(p => p.name));
    }

    [Theory]
    [InlineData(null, 16)]
    [InlineData(8, 31)]
    public void The_maps_have_their_strides_with_overlapping_patches_too(int? stride, int grid)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var backbone = new VisionLstmBackbone(Release1 with { Stride = stride }, [0, 1, 2, 3], pyramid: true);
        var maps = backbone.forward(randn([1, 3, 256, 256]));
        Assert.Equal([4, 8, 16, 32], backbone.Strides);
        Assert.All(maps.Zip(backbone.Strides), pair => Assert.InRange(pair.First.shape[2], (256 / pair.Second) - 2, 256 / pair.Second));
        var flat = new VisionLstmBackbone(Release1 with { Stride = stride }, [1, 3], pyramid: false);
        Assert.All(flat.Strides, each => Assert.Equal(stride ?? 16, each));
        Assert.All(flat.forward(randn([1, 3, 256, 256])), map => Assert.Equal([1, 8, grid, grid], map.shape));
        Assert.True(flat.MultiplyAdds(256, 256) < backbone.MultiplyAdds(256, 256));
    }

    [Fact]
    public void The_smallest_image_makes_a_whole_pyramid()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var backbone = new VisionLstmBackbone(Training, [0, 1, 2, 3], pyramid: true);
        Assert.Equal([4, 2, 1, 1], backbone.forward(randn([1, 3, 16, 16])).Select(map => (int)map.shape[2]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_published_classifier_goes_into_the_encoder(int version)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        // Names and shapes of the published files: the training code's, a grid of another resolution, head and norms.
        var published = new VisLSTM(version == 2 ? Training : Training with
        {
            Layer = VisLstmConfig.V1.Layer with { Dim = 8, InnerDim = 16 }, Head = TokenHead.BilateralAverage,
        });
        var release = version == 1 ? Release1 with { Height = 48, Width = 64 }
            : VisionLstmConfig.V2 with { Dim = 8, Height = 48, Width = 64, Depth = 2 };
        var backbone = new VisionLstmBackbone(release, [0, 1, 2, 3], pyramid: false);
        backbone.load_state_dict(published.state_dict());
        var image = randn([1, 3, 48, 64]);
        var expected = published.Taps(image, [0, 3]);
        Close.Within(backbone.forward(image)[3], expected[1], 1e-5, "last tap");
        var same = new VisionLstmBackbone(published.Config with { Height = 48, Width = 64 }, [0, 3], pyramid: false);
        same.load_state_dict(published.state_dict());
        Close.Within(same.forward(image)[0], expected[0], 1e-5, "first tap");
        // A backbone's own names go in as they are.
        var again = new VisionLstmBackbone(release, [0, 1, 2, 3], pyramid: false);
        again.load_state_dict(backbone.state_dict());
        Assert.Equal(0, Close.Error(again.forward(image)[3], backbone.forward(image)[3]));
    }

    [Fact]
    public void Registers_are_no_part_of_the_maps_but_are_read()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(2);
        var registers = Training with { ExtraTokens = 3, ExtraLocation = TokenLocation.Uniform };
        var backbone = new VisionLstmBackbone(registers, [1, 3], pyramid: false);
        var image = randn([1, 3, 32, 48]);
        var before = backbone.forward(image);
        Assert.All(before, map => Assert.Equal([1, 8, 2, 3], map.shape));
        backbone.get_parameter("encoder.cls_tokens.tokens")!.add_(randn([1, 3, 8]));
        Assert.True(Close.Error(backbone.forward(image)[1], before[1]) > 1e-4);
    }
}
