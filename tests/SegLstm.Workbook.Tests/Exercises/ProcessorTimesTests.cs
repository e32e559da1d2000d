using SegLstm.Workbook.Exercises;
using TorchSharp;

namespace SegLstm.Workbook.Tests.Exercises;

public sealed class ProcessorTimesTests
{
    private static readonly long[] Sizes = [1, 2, 4];

    [Theory, InlineData(0.5), InlineData(1), InlineData(2)]
    public void The_slope_is_the_exponent_of_a_power(double exponent) =>
        Assert.Equal(exponent, ProcessorTimes.Slope(Sizes, Sizes.Select(size => 3 * Math.Pow(size, exponent))), 12);

    [Fact]
    public void A_slope_of_one_size_or_of_other_counts_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ProcessorTimes.Slope([1], [1]));
        Assert.Contains("got 3 and 2", Assert.Throws<ArgumentException>(() => ProcessorTimes.Slope(Sizes, [1, 2])).Message);
    }

    [Fact]
    public void Work_that_is_linear_and_quadratic_in_the_size_is_told_apart()
    {
        var work = new Dictionary<string, Func<long, Action>>
        {
            ["linear"] = size => () => Spin(size), ["quadratic"] = size => () => Spin(size * size),
        };

        long[] sizes = [4, 8, 16];
        IReadOnlyDictionary<string, double[]> times = ProcessorTimes.Measure(work, sizes);

        Assert.InRange(ProcessorTimes.Slope(sizes, times["linear"]), 0.5, 1.5);
        Assert.InRange(ProcessorTimes.Slope(sizes, times["quadratic"]), 1.5, 2.5);

        static void Spin(long units)
        {
            for (long i = 0; i < units * 20_000; i++) GC.KeepAlive(null);
        }
    }

    [Fact]
    public void Inputs_and_results_are_freed()
    {
        var made = new List<torch.Tensor>();
        ProcessorTimes.Measure(
            new Dictionary<string, Func<long, Action>>
            {
                ["sum"] = size =>
                {
                    torch.Tensor x = torch.ones(size);
                    made.Add(x);
                    return () => made.Add(x.sum());
                },
            },
            Sizes);

        Assert.All(made, tensor => Assert.True(tensor.IsInvalid));
    }
}
