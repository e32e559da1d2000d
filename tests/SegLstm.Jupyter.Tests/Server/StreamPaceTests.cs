using SegLstm.Jupyter.Server;

namespace SegLstm.Jupyter.Tests.Server;

public class StreamPaceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_second_has_more_messages_than_promised(bool hurry)
    {
        var pace = new StreamPace();
        var sent = new List<TimeSpan>();
        for (TimeSpan now = TimeSpan.Zero; now < TimeSpan.FromSeconds(10); now += TimeSpan.FromMilliseconds(1))
        {
            if (pace.Next(now - TimeSpan.FromSeconds(1), hurry) > now) continue;
            pace.Sent(now);
            sent.Add(now);
        }

        Assert.All(sent, from => Assert.InRange(sent.Count(at => at >= from && at < from + TimeSpan.FromSeconds(1)), 1, 20));
        Assert.InRange(sent.Count, 100, 200);
    }

    [Fact]
    public void A_first_line_waits_for_a_moment_only() =>
        Assert.Equal(TimeSpan.FromSeconds(3) + StreamPace.Patience, new StreamPace().Next(TimeSpan.FromSeconds(3), hurry: false));

    [Fact]
    public void At_the_end_of_a_cell_nothing_waits() =>
        Assert.Equal(TimeSpan.Zero, new StreamPace().Next(TimeSpan.FromSeconds(3), hurry: true));
}
