using SegLstm.Benchmarks;

namespace SegLstm.Tests.Benchmarks;

public sealed class ScalingCurveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1.05)]
    [InlineData(2)]
    public void The_exponent_of_a_power_is_found(double power)
    {
        var points = new double[] { 1024, 4096, 9216, 65536 }
            .Select(tokens => (tokens, 3 * Math.Pow(tokens, power), (double?)(7 * tokens)));
        var curve = ScalingCurve.Fit("x", [.. points])!;
        Assert.Equal(power, curve.Exponent, 1e-9);
        Assert.Equal(1, curve.MemoryExponent!.Value, 1e-9);
    }

    [Fact]
    public void Memory_that_was_not_measured_everywhere_has_no_exponent() =>
        Assert.Null(ScalingCurve.Fit("x", [(1024, 5, 1), (2048, 9, null)])!.MemoryExponent);

    [Fact]
    public void One_point_has_no_exponent() => Assert.Null(ScalingCurve.Fit("x", [(1024, 5, null)]));

    [Fact]
    public void Lists_that_do_not_fit_are_refused()
    {
        Assert.Contains("got 1 for 2", Assert.Throws<ArgumentException>(() => ScalingCurve.Power([1, 2], [3])).Message);
        Assert.Throws<ArgumentException>(() => ScalingCurve.Power([2, 2], [3, 3]));
    }
}
