using SegLstm.Data.Hyperspectral.Synthetic;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Tests.Experiments.Hyperspectral;

public sealed class PixelDrawsTests
{
    [Fact]
    public void Draws_take_turns_and_disjoint_ones_keep_windows_apart()
    {
        var scene = new SyntheticHyperspectral { Height = 96, Width = 96, Bands = 20, Classes = 4, Contrast = 0.1, SignalToNoise = 20 }.Generate();
        var draws = PixelDraws.Of(scene, [0.02], draws: 2, window: 3);
        Assert.Equal([PixelDraws.Random, PixelDraws.Disjoint, PixelDraws.Random, PixelDraws.Disjoint], draws.Select(draw => draw.Split));
        foreach (var draw in draws)
        {
            Assert.Empty(draw.Train.Intersect(draw.Test));
            var nearest = draw.Test.Min(test => draw.Train.Min(train => Math.Max(
                Math.Abs((test / 96) - (train / 96)), Math.Abs((test % 96) - (train % 96)))));
            Assert.True(draw.Split == PixelDraws.Random ? nearest == 1 : nearest >= 3, $"{draw}: {nearest}");
        }

        var scores = new PixelComparison(SpectralCube.Of(scene), scene.Labels, scene.Classes).Run([new NeighbourMethod()], draws);
        Assert.All(scores, score => Assert.InRange(score.OverallAccuracy, 0.3, 1));
    }

    [Fact]
    public void Every_name_makes_a_method_and_others_bring_the_nearest()
    {
        Assert.All(PixelMethods.Names, name => Assert.NotEmpty(PixelMethods.Make(name, new()).Name));
        Assert.Equal((1, 3), (PixelMethods.WindowOf("svm"), PixelMethods.WindowOf("casrnn_patch")));
        Assert.Contains("Nearest: svm", Assert.Throws<ArgumentException>(() => PixelMethods.Make("svn", new())).Message);
    }
}
