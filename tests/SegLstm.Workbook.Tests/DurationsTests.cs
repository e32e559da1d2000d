namespace SegLstm.Workbook.Tests;

public class DurationsTests
{
    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(99.94, "99.9 s")]
    [InlineData(99.96, "1 min 40 s")]
    [InlineData(3599.4, "59 min 59 s")]
    [InlineData(3599.6, "1 h 0 min")]
    [InlineData(93784, "26 h 3 min")]
    public void A_time_is_said_in_the_units_that_matter(double seconds, string text) =>
        Assert.Equal(text, Durations.Readable(TimeSpan.FromSeconds(seconds)));
}
