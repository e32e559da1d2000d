using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Plotly;

public class LogTicksTests
{
    [Fact]
    public void Few_values_far_apart_are_the_ticks() =>
        Assert.Equal([64, 128, 256, 512], LogTicks.Of([512, 64, 128, 256, 64, -1, double.NaN], null, atData: true));

    [Fact]
    public void Within_three_decades_the_ticks_are_1_2_5() =>
        Assert.Equal([0.5, 1, 2, 5, 10, 20], LogTicks.Of([0.45, 3, 19], null, atData: false));

    [Fact]
    public void Over_many_decades_there_are_at_most_nine_powers_of_ten()
    {
        var ticks = LogTicks.Of([1e-12, 1e12], null, atData: false);

        Assert.InRange(ticks.Count, 2, 9);
        Assert.All(ticks, t => Assert.Equal(0, Math.Log10(t) % 1, 9));
    }

    [Fact]
    public void Without_two_ticks_it_is_left_to_plotly()
    {
        Assert.Empty(LogTicks.Of([3.3, 3.4], null, atData: false));
        Assert.Empty(LogTicks.Of([], null, atData: true));
    }

    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(4096, "4096")]
    [InlineData(1e6, "10<sup>6</sup>")]
    [InlineData(2e-5, "2·10<sup>-5</sup>")]
    public void Each_tick_says_its_whole_number(double value, string text) => Assert.Equal(text, LogTicks.Text(value));
}
