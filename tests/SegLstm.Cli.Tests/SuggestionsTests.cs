namespace SegLstm.Cli.Tests;

public class SuggestionsTests
{
    [Fact]
    public void Names_a_few_keystrokes_away_come_nearest_first() =>
        Assert.Equal(["vil_tiny", "vil2_tiny"], Suggestions.Nearest("vil_tinny", ["seglstm", "vil2_tiny", "vil_tiny"]));

    [Fact]
    public void Nothing_is_suggested_where_nothing_is_near() =>
        Assert.Equal("", Suggestions.Phrase("qqqqqq", ["olinda", "globe"]));

    [Fact]
    public void Case_does_not_count() => Assert.Equal(["olinda"], Suggestions.Nearest("OLINDA", ["olinda", "globe"]));
}
