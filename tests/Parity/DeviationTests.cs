using SegLstm.Parity;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Parity;

public class DeviationTests
{
    private static readonly Limit OfLargest = new(1e-3, 0, 0);
    private static readonly Limit OfEach = new(null, 1e-3, 1e-6);

    [Fact]
    public void The_error_is_the_largest_difference_over_the_largest_magnitude()
    {
        var deviation = Measure([1, -8, 2], [1, -8, 2.004], OfLargest);
        Assert.Equal(0.004 / 8, deviation.Error, 9);
        Assert.Equal(0.5, deviation.Exhaustion, 6);
        Assert.Null(deviation.Problem);
    }

    [Fact]
    public void Above_the_limit_there_is_a_problem_with_place_and_values()
    {
        var deviation = Measure([1, -8, 2], [1, -8, 2.1], OfLargest);
        Assert.Contains("at [2] expected 2.1, got 2", deviation.Problem);
    }

    [Fact]
    public void A_limit_of_each_element_is_stricter_on_small_ones()
    {
        Assert.Null(Measure([1000, 1.0005], [1000, 1], OfEach).Problem);
        Assert.NotNull(Measure([1000, 1.002], [1000, 1], OfEach).Problem);
        Assert.Null(Measure([1000, 1.002], [1000, 1], OfLargest).Problem);
    }

    [Fact]
    public void NaN_equals_NaN_only()
    {
        Assert.Null(Measure([double.NaN, 1], [double.NaN, 1], OfLargest).Problem);
        Assert.NotNull(Measure([double.NaN, 1], [0, 1], OfLargest).Problem);
        Assert.NotNull(Measure([0, 1], [double.NaN, 1], OfLargest).Problem);
    }

    [Fact]
    public void An_infinity_equals_itself_only()
    {
        Assert.Null(Measure([double.PositiveInfinity, 1], [double.PositiveInfinity, 1], OfLargest).Problem);
        Assert.NotNull(Measure([double.NegativeInfinity, 1], [double.PositiveInfinity, 1], OfLargest).Problem);
        Assert.NotNull(Measure([1e300, 1], [double.PositiveInfinity, 1], OfLargest).Problem);
    }

    [Fact]
    public void Where_the_golden_tensor_is_0_the_difference_itself_counts()
    {
        Assert.Null(Measure([1e-4, 0], [0, 0], OfLargest).Problem);
        Assert.NotNull(Measure([2e-3, 0], [0, 0], OfLargest).Problem);
    }

    [Fact]
    public void Integers_must_be_equal() =>
        Assert.NotNull(Deviation.Measure("n", tensor(new long[] { 1_000_001 }), tensor(new long[] { 1_000_000 }), OfLargest).Problem);

    [Fact]
    public void Shapes_must_be_equal_but_a_scalar_may_be_a_list_of_one()
    {
        Assert.Contains("expected shape [2, 1], got [2]", Deviation.Measure("x", ones(2), ones(2, 1), OfLargest).Problem);
        Assert.NotNull(Deviation.Measure("x", ones(1, 1), ones(1), OfLargest).Problem);
        Assert.Null(Deviation.Measure("x", tensor(1f), ones(1), OfLargest).Problem);
    }

    [Fact]
    public void An_empty_tensor_equals_an_empty_tensor() => Assert.Null(Deviation.Measure("x", ones(0, 3), ones(0, 3), OfLargest).Problem);

    [Fact]
    public void What_was_not_computed_is_a_problem() => Assert.Equal("x was not computed", Deviation.Measure("x", null, ones(1), OfLargest).Problem);

    private static Deviation Measure(double[] got, double[] expected, Limit limit) => Deviation.Measure("x", tensor(got), tensor(expected), limit);
}
