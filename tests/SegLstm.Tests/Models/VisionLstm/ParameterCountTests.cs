using SegLstm.Layers;
using SegLstm.Models;
using SegLstm.Models.VisionLstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.VisionLstm;

/// <summary>The numbers of the table of sizes, exactly.</summary>
public sealed class ParameterCountTests
{
    [Theory]
    [InlineData(192, 6_391_528, 6_005_760)]
    [InlineData(384, 23_398_696, 22_628_160)]
    [InlineData(768, 89_263_528, 87_723_456)]
    public void The_second_release_has_the_published_parameters(long dim, long classifier, long features)
    {
        using var scope = NewDisposeScope();
        using var model = new VisionLSTM2(VisionLstmConfig.V2 with { Dim = dim, LegacyNorm = true });
        Assert.Equal(classifier, Complexity.CountParameters(model));
        using var encoder = new VisionLSTM2(VisionLstmConfig.V2 with { Dim = dim, Classes = null, Head = TokenHead.None });
        Assert.Equal(features, Complexity.CountParameters(encoder));
    }

    [Theory]
    [InlineData(192, 24, 6_088_360)]
    [InlineData(384, 24, 22_792_360)]
    [InlineData(768, 24, 88_050_856)]
    [InlineData(192, 29, 7_277_840)]
    [InlineData(384, 26, 24_628_664)]
    public void The_first_release_has_the_published_parameters(long dim, int depth, long parameters)
    {
        using var scope = NewDisposeScope();
        using var model = new VisionLSTM(VisionLstmConfig.V1 with { Dim = dim, Depth = depth, LegacyNorm = true });
        Assert.Equal(parameters, Complexity.CountParameters(model));
    }

    [Theory]
    [InlineData(192, 1.5)]
    [InlineData(384, 5.1)]
    [InlineData(768, 18.6)]
    public void Counted_multiply_adds_round_to_the_published_gigaflops(long dim, double published)
    {
        var config = VisionLstmConfig.V2 with { Dim = dim, LegacyNorm = true };
        Assert.Equal(published, Math.Round(VilComplexity.Model(config, 224, 224) / 1e9, 1));
        Assert.InRange(VilComplexity.Model(config, 224, 224) / 1e9, 0.98 * published, 1.02 * published);
        var training = new VisLstmConfig();
        training = training with { Layer = training.Layer with { Dim = dim } };
        Assert.Equal(VilComplexity.Model(config, 224, 224), VilComplexity.Model(training, 224, 224), 1.0);
    }

    [Fact]
    public void Directions_in_one_layer_cost_alike_and_their_projections_are_shared()
    {
        var one = new MlstmLayerConfig { Dim = 192 };
        var four = VilComplexity.Layer(one with { Quaddirectional = true }, 196);
        var two = VilComplexity.Layer(one with { Bidirectional = true }, 196);
        var more = two - VilComplexity.Layer(one, 196);
        Assert.Equal(VilComplexity.Layer(one, 196) + (3 * more), four, 1e-3);
        // Maps 3 · 4, convolution 4, gates 2 · 4 · 3, elementwise 6 and the sum, of 384 channels; four cells of 96.
        var cells = 4 * 196 * 197 / 2.0 * ((2 * 96) + 3);
        Assert.Equal((196.0 * 384 * (12 + 4 + 24 + 6 + 1)) + cells, more, 1e-3);
        Assert.Equal(four, VilComplexity.Layer(one with { Quaddirectional = true, ShareDirections = true }, 196));
    }

    [Fact]
    public void Half_the_stride_makes_almost_four_times_the_tokens()
    {
        var config = VisionLstmConfig.V1 with { Depth = 29, Stride = 8, LegacyNorm = true };
        Assert.Equal(new TokenGrid(27, 27), VilComplexity.Grid(config, 224, 224));
        Assert.Equal(new TokenGrid(14, 14), config.Grid);
        using var scope = NewDisposeScope();
        Assert.Equal(7_277_840, Complexity.CountParameters(new VisionLSTM(config)));
    }
}
