using SegLstm.Workbook.Display;

namespace SegLstm.Workbook.Tests.Display;

public class RecentPaceTests
{
    [Fact]
    public void The_end_is_unknown_before_two_samples()
    {
        var pace = new RecentPace();
        Assert.Null(pace.Remaining(10));
        pace.Add(TimeSpan.FromSeconds(1), 1);
        Assert.Null(pace.Remaining(10));
        pace.Add(TimeSpan.FromSeconds(2), 1);
        Assert.Null(pace.Remaining(10));
    }

    [Fact]
    public void The_end_follows_from_recent_units_not_from_early_ones()
    {
        var pace = new RecentPace();
        for (int i = 0; i < 100; i++) pace.Add(TimeSpan.FromSeconds(i * 0.001), i);
        for (int i = 0; i < 60; i++) pace.Add(TimeSpan.FromSeconds(0.1 + i * 2), 100 + i);

        Assert.Equal(20, pace.Remaining(10)!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void Work_that_begins_again_is_measured_anew()
    {
        var pace = new RecentPace();
        pace.Add(TimeSpan.FromSeconds(0), 0);
        pace.Add(TimeSpan.FromSeconds(1), 100);
        pace.Add(TimeSpan.FromSeconds(2), 1);

        Assert.Null(pace.Remaining(10));
        Assert.Equal(TimeSpan.Zero, pace.Remaining(0));
    }
}
