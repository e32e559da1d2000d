using SegLstm.Benchmarks;
using SegLstm.Kernels.Simd;

namespace SegLstm.Tests.Benchmarks;

public sealed class MachineLimitsTests
{
    [Fact]
    public void Limits_are_what_a_processor_of_this_century_does()
    {
        var limits = MachineLimits.Measure(1);
        Assert.Equal((1, (int)LaneWidths.Widest), (limits.Threads, limits.VectorBits));
        Assert.InRange(limits.GigaFlops, 1, 2000);
        Assert.InRange(limits.NanosecondsPerExp, 0.01, 20);
        Assert.All(limits.Copies, copy => Assert.InRange(copy.GigabytesPerSecond, 0.5, 2000));
        Assert.Equal(limits.Copies.Select(copy => copy.Bytes).Order(), limits.Copies.Select(copy => copy.Bytes));
    }

    [Fact]
    public void A_vector_exp_takes_less_than_twenty_multiply_adds()
    {
        // Six of a polynomial, and the splitting and scaling around it: seven to twelve on a quiet machine. A call between takes
        // twenty and more, scalar ones hundreds.
        // Other tests run meanwhile: each of the two must have had a quiet moment.
        var limits = MachineLimits.Measure(1).BetterOf(MachineLimits.Measure(1)).BetterOf(MachineLimits.Measure(1));
        Assert.InRange(limits.NanosecondsPerExp * limits.GigaFlops / 2, 5, 20);
    }

    [Fact]
    public void The_better_of_two_is_the_better_in_each_respect()
    {
        var better = new MachineLimits(2, 256, 9, 2, [new(1, 7), new(9, 5)]).BetterOf(new(2, 256, 5, 1, [new(1, 8), new(9, 4)]));
        Assert.Equal((2, 256, 9.0, 1.0), (better.Threads, better.VectorBits, better.GigaFlops, better.NanosecondsPerExp));
        Assert.Equal([new(1, 8), new(9, 5)], better.Copies);
    }

    [Fact]
    public void Bytes_are_copied_at_the_speed_of_the_cache_that_holds_them()
    {
        var limits = new MachineLimits(1, 256, 1, 1, [new(100, 10), new(1000, 5)]);
        Assert.Equal([10, 40, 400], new double[] { 100, 200, 2000 }.Select(limits.CopyNanoseconds));
    }

    [Fact]
    public void No_threads_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => MachineLimits.Measure(0));
}
