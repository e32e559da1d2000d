using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Plotly;

public class CaptionTests
{
    [Fact]
    public void A_text_is_broken_between_words_only_where_it_must()
    {
        Assert.Equal(["one two", "three"], Caption.Lines("one two three", Caption.Width("one two t", 10), 10));
        Assert.Equal(["unbreakable"], Caption.Lines("unbreakable", 1, 10));
        Assert.Equal(["all of it"], Caption.Lines("all of it", 1000, 10));
    }

    [Fact]
    public void A_legend_takes_as_many_rows_as_its_entries_need()
    {
        LegendItem[] items = [.. Enumerable.Range(0, 6).Select(i => new LegendItem($"a rather long name {i}", "#000000", "■"))];

        Assert.Equal(0, Caption.LegendRows([], 500));
        Assert.Equal(1, Caption.LegendRows(items, 2000));
        Assert.Equal(6, Caption.LegendRows(items, 100));
        Assert.Single(Caption.LegendLines(items, 2000));
        Assert.Equal(6, Caption.LegendLines(items, 100).Count);
    }
}
