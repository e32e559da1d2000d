using System.Globalization;
using SegLstm.Workbook.Figures;

namespace SegLstm.Workbook.Tests.Figures;

public class TicksTests
{
    [Theory]
    [InlineData(0, 200, "0 50 100 150 200")]
    [InlineData(0.31, 1.27, "0.2 0.4 0.6 0.8 1.0 1.2 1.4")]
    [InlineData(-3, 7, "-4 -2 0 2 4 6 8")]
    [InlineData(69.98, 76.12, "68 70 72 74 76 78")]
    [InlineData(0, 0, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(1, 1, "0.4 0.6 0.8 1.0 1.2 1.4 1.6")]
    [InlineData(1, 15000, "0 5\u2009000 10\u2009000 15\u2009000")]
    public void Ticks_are_round_numbers_around_the_data(double least, double greatest, string expected)
    {
        var ticks = Ticks.Around(least, greatest);

        Assert.Equal(expected, string.Join(" ", ticks.Values.Select(ticks.Text)));
    }

    [Fact]
    public void Ticks_enclose_the_data_and_are_neither_few_nor_many_at_any_scale()
    {
        var random = new Random(4);
        for (int i = 0; i < 2_000; i++)
        {
            double scale = Math.Pow(10, random.Next(-12, 13));
            double a = (random.NextDouble() - 0.5) * scale, b = a + random.NextDouble() * scale;

            var ticks = Ticks.Around(a, b);

            Assert.InRange(ticks.Values.Count, 2, 12);
            Assert.True(ticks.Values[0] <= a + ticks.Step * 1e-6 && ticks.Values[^1] >= b - ticks.Step * 1e-6, $"{a} to {b}");
            Assert.Equal(ticks.Values.Count, ticks.Values.Select(ticks.Text).Distinct().Count());
        }
    }

    [Fact]
    public void Texts_are_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            var ticks = Ticks.Around(0, 0.5);

            Assert.Equal("0.1", ticks.Text(ticks.Values[1]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Zero_has_no_sign() => Assert.Equal("0.0", Ticks.Around(-0.5, 0.5).Text(-0.0000001));

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(2, 1)]
    public void An_axis_without_finite_rising_bounds_is_refused(double least, double greatest) =>
        Assert.Throws<ArgumentException>(() => Ticks.Around(least, greatest));
}
