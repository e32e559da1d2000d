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
    }
}
