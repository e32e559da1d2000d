using SegLstm.Models;
using SegLstm.Models.SegLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.SegLstm;

public sealed class SegLstmBackboneTests
{
    private static readonly SegLstmConfig Tiny = new() { Dim = 8, Channels = 2, Height = 8, Width = 8, PatchSize = 4,
        Depths = [1, 1, 2, 1] };

    [Theory]
    [InlineData(6, 6, 6, 6)]
    [InlineData(4, 4, 12, 4)]
    public void The_published_encoder_has_the_published_parameters(params int[] depths)
    {
        using var scope = NewDisposeScope();
        using var model = new SegLSTM(new SegLstmConfig { Depths = depths });
        Assert.Equal(22_724_160, Complexity.CountParameters(model));
        Assert.Equal([16, 16, 16, 16], model.Strides);
        Assert.Equal([384, 384, 384, 384], model.Channels);
    }

    [Fact]
    public void Names_are_those_of_the_official_checkpoints()
    {
        using var scope = NewDisposeScope();
        var names = new SegLSTM(Tiny).state_dict().Keys.ToHashSet();
        Assert.Contains("pos_embed.embed", names);
        Assert.Contains("patch_embed.proj.bias", names);
        Assert.Contains("blocks3.1.layer.conv1d.conv.weight", names);
        Assert.Contains("blocks1.0.norm.weight", names);
        Assert.Equal(3 + (5 * 14), names.Count);
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(16, 16)]
    [InlineData(8, 20)]
    public void Square_and_rectangular_images_of_other_sizes_run(long height, long width)
    {
        using var scope = NewDisposeScope();
        var maps = new SegLSTM(Tiny).forward(randn([2, 2, height, width]));
        Assert.Equal(4, maps.Length);
        Assert.All(maps, map => Assert.Equal([2, 8, height / 4, width / 4], map.shape));
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_and_it_is_right()
    {
        manual_seed(5);
        var model = new SegLSTM(Tiny);
        using (no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.add_(randn(parameter.shape) * 0.3);
            }
        }

        model.to(ScalarType.Float64);
        var image = randn([2, 2, 8, 8], dtype: ScalarType.Float64);
        var weights = Enumerable.Range(0, 4).Select(_ => randn([2, 8, 2, 2], dtype: ScalarType.Float64)).ToArray();
        GradientCheck.Run(
            () => model.forward(image).Zip(weights, (map, weight) => (map * weight).sum()).Aggregate((a, b) => a + b),
            model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
            samples: 2);
    }

    [Fact]
    public void An_invalid_configuration_lists_all_its_problems()
    {
        var error = Assert.Throws<ArgumentException>(() => new SegLSTM(Tiny with { Depths = [1, 2], Height = 9, Channels = 0 }));
        Assert.Contains("[1, 2]", error.Message);
        Assert.Contains("9 x 8", error.Message);
        Assert.Contains("Channels", error.Message);
    }
}
