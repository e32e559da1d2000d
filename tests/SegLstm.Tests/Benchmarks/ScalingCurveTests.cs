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
        var points = new double[] { 1024, 4096, 9216, 65536 }.Select(tokens => (tokens, 3 * Math.Pow(tokens, power)));
        Assert.Equal(power, ScalingCurve.Fit("x", [.. points])!.Exponent, 1e-9);
    }

    [Fact]
    public void One_point_has_no_exponent() => Assert.Null(ScalingCurve.Fit("x", [(1024, 5)]));
}
