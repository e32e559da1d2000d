using SegLstm.Experiments.Tables;

namespace SegLstm.Tests.Experiments.Tables;

public sealed class PairedTestTests
{
    // Student's own data (1908), additional hours of sleep with two drugs, as R's `sleep` has them. R prints of
    // t.test(Pair(extra[group == 1], extra[group == 2]) ~ 1, data = sleep): t = -4.0621, df = 9, p-value = 0.002833.
    [Fact]
    public void Students_data_have_the_p_value_that_R_prints()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        Assert.Equal(0.002833, PairedTest.PValue(first, second)!.Value, 5e-7);
        Assert.Equal(PairedTest.PValue(first, second)!.Value, PairedTest.PValue(second, first)!.Value, 1e-15);
    }

    // With few degrees of freedom the distribution has closed forms: 1 - 2 atan(t) / pi, 1 - t / sqrt(2 + t^2), and for four
    // 1 - 3/4 u (1 - u^2 / 3) with u = t / sqrt(4 + t^2), doubled tails all.
    [Theory]
    [InlineData(new[] { 1.0, 3 })]
    [InlineData(new[] { 0.4, 0.9, 1.9 })]
    [InlineData(new[] { -0.4, 0.3, 1.1, 0.2, 0.7 })]
    public void Few_pairs_have_the_p_value_of_the_closed_form(double[] differences)
    {
        int n = differences.Length;
        double mean = differences.Average();
        double t = Math.Abs(mean) * Math.Sqrt(n) / Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (n - 1));
        double u = t / Math.Sqrt(4 + t * t);
        double expected = n switch
        {
            2 => 1 - 2 * Math.Atan(t) / Math.PI,
            3 => 1 - t / Math.Sqrt(2 + t * t),
            _ => 1 - 1.5 * u * (1 - u * u / 3),
        };
        double[] other = [.. differences.Select((_, i) => 0.125 * i)];
        Assert.Equal(expected, PairedTest.PValue([.. other.Zip(differences, (o, d) => o + d)], other)!.Value, 1e-12);
    }

    [Fact]
    public void A_single_pair_and_differences_that_do_not_vary_say_nothing()
    {
        Assert.Null(PairedTest.PValue([], []));
        Assert.Null(PairedTest.PValue([0.7], [0.6]));
        Assert.Null(PairedTest.PValue([0.7, 0.8, 0.9], [0.6, 0.7, 0.8]));
        Assert.Null(PairedTest.PValue([0.7, 0.8], [0.7, 0.8]));
        Assert.Throws<ArgumentException>(() => PairedTest.PValue([0.7], [0.6, 0.7]));
    }
}
