using SegLstm.Benchmarks;

namespace SegLstm.Tests.Benchmarks;

public sealed class SamplesTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7, 0)]
    [InlineData(new double[] { 4, 1 }, 2.5, 1.5)]
    [InlineData(new double[] { 5, 1, 3, 2, 4 }, 3, 2)]
    [InlineData(new double[] { 1000, 1, 2, 3, 4 }, 3, 2)]
    public void Median_and_quartiles_are_those_of_the_sorted_times(double[] times, double median, double range)
    {
        var samples = new Samples();
        foreach (var time in times)
        {
            samples.Add(time);
        }

        Assert.Equal(times.Length, samples.Count);
        Assert.Equal(median, samples.Median, 1e-12);
        Assert.Equal(range, samples.InterquartileRange, 1e-12);
        Assert.Equal(times.Min(), samples.Fastest);
        Assert.Equal(times.Sum(), samples.Total.TotalNanoseconds, 100.0);
    }
}
