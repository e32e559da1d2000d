using SegLstm.Data.Synthetic;

namespace SegLstm.Tests.Data.Synthetic;

public sealed class CounterNoiseTests
{
    [Fact]
    public void Numbers_are_even_and_places_independent()
    {
        var noise = new CounterNoise(3);
        float[] values = [.. Enumerable.Range(-100, 200).SelectMany(y => Enumerable.Range(-100, 200).Select(x => noise.At(x, y)))];
        Assert.All(values, v => Assert.InRange(v, 0, 0.99999995f));
        Assert.Equal(0.5, values.Average(), 2);
        Assert.Equal(1 / 12.0, values.Average(v => (v - 0.5) * (v - 0.5)), 3);
        Assert.Equal(0, values.Zip(values.Skip(1), (a, b) => (a - 0.5) * (b - 0.5)).Average(), 2);
        Assert.Equal(0, values.Zip(values.Skip(200), (a, b) => (a - 0.5) * (b - 0.5)).Average(), 2);
    }

    [Fact]
    public void Smooth_noise_meets_its_grid_and_has_no_steps()
    {
        var noise = new CounterNoise(3);
        Assert.Equal(noise.At(2, -3), noise.Smooth(20, -30, 10), 6);
        for (float x = -20; x < 20; x += 0.1f)
            Assert.InRange(MathF.Abs(noise.Smooth(x, 4, 10) - noise.Smooth(x + 0.1f, 4, 10)), 0, 0.03f);
    }

    [Fact]
    public void Streams_differ() => Assert.NotEqual(new CounterNoise(3).Stream(1).At(0, 0), new CounterNoise(3).Stream(2).At(0, 0));
}
