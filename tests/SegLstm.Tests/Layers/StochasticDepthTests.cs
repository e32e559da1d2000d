using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public sealed class StochasticDepthTests
{
    [Fact]
    public void Whole_samples_are_dropped_in_training_and_the_mean_stays()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var layer = new StochasticDepth(0.25);
        layer.train();
        var values = layer.forward(ones([2000, 2, 2])).flatten(1);
        Assert.Equal(0, Close.Error(values.amin([1]), values.amax([1])));
        var samples = values.select(1, 0).data<float>().ToArray();
        Assert.All(samples, value => Assert.True(value == 0 || Math.Abs(value - (1 / 0.75)) < 1e-6, $"{value}"));
        Assert.InRange(samples.Average(), 0.95, 1.05);
    }

    [Fact]
    public void Evaluation_keeps_every_sample()
    {
        using var scope = NewDisposeScope();
        var layer = new StochasticDepth(0.9);
        layer.eval();
        Assert.Equal(1, layer.forward(ones([20, 2])).min().item<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_rate_outside_the_range_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticDepth(rate));
}
