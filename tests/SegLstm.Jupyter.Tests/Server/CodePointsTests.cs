using SegLstm.Jupyter.Server;

namespace SegLstm.Jupyter.Tests.Server;

public class CodePointsTests
{
    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("😀abc", 0, 0)]
    [InlineData("😀abc", 1, 2)]
    [InlineData("😀abc", 4, 5)]
    [InlineData("a😀😀b", 3, 5)]
    [InlineData("ä中𝒳", 3, 4)]
    public void Positions_convert_both_ways(string text, int points, int units)
    {
        Assert.Equal(units, CodePoints.ToUtf16(text, points));
        Assert.Equal(points, CodePoints.FromUtf16(text, units));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(99, 4)]
    [InlineData(int.MaxValue, 4)]
    [InlineData(int.MinValue, 0)]
    public void Positions_outside_the_text_are_its_ends(int points, int units) =>
        Assert.Equal(units, CodePoints.ToUtf16("😀ab", points));

    [Fact]
    public void Broken_surrogates_count_one_each() => Assert.Equal(3, CodePoints.ToUtf16("\ud83d\ud83dx", 3));

    [Fact]
    public void A_position_inside_a_pair_counts_as_behind_it() => Assert.Equal(1, CodePoints.FromUtf16("😀", 1));
}
