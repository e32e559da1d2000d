using SegLstm.Data;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Tests.Images;

public class LegendEntryTests
{
    private static readonly ClassLegend Three = new(("a", new Rgb(255, 0, 0)), ("b", new Rgb(0, 255, 0)), ("c", new Rgb(0, 0, 255)));

    [Fact]
    public void Shares_of_thirds_sum_to_100_percent()
    {
        var entries = LegendEntry.Of(new LabelMap(3, 1, [0, 1, 2]), Three);

        Assert.Equal(["33.4 %", "33.3 %", "33.3 %"], entries.Select(e => e.Share));
    }

    [Fact]
    public void Shares_always_sum_to_100_percent_and_are_off_by_less_than_a_tenth()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] classes = [.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => (byte)random.Next(3))];

            var entries = LegendEntry.Of(new LabelMap(classes.Length, 1, classes), Three);

            Assert.Equal(1000, entries.Sum(e => e.Tenths));
            for (int c = 0; c < 3; c++) Assert.InRange(entries[c].Tenths - 1000.0 * classes.Count(v => v == c) / classes.Length, -1, 1);
        }
    }

    [Fact]
    public void Pixels_without_a_class_do_not_count() =>
        Assert.Equal([500, 500, 0], LegendEntry.Of(new LabelMap(4, 1, [0, 1, 255, 255]), Three).Select(e => e.Tenths));

    [Fact]
    public void A_map_without_any_class_has_shares_of_0() =>
        Assert.All(LegendEntry.Of(new LabelMap(1, 1, [255]), Three), e => Assert.Equal("0.0 %", e.Share));

    [Fact]
    public void A_class_outside_the_legend_is_refused() =>
        Assert.Contains("class 3", Assert.Throws<ArgumentException>(() => LegendEntry.Of(new LabelMap(1, 1, [3]), Three)).Message);
}
