using SegLstm.Data;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Tests.Images;

public class LegendImageTests
{
    private static readonly Rgb Red = new(200, 0, 0), Blue = new(0, 0, 100), Green = new(1, 150, 2);

    [Fact]
    public void The_map_is_on_top_magnified_and_untouched()
    {
        var map = new RgbImage(30, 20);
        map.Fill(0, 0, 30, 20, Green);
        map[29, 19] = Red;

        var picture = LegendImage.Below(map, [new LegendEntry("water", Blue, 1000)], "title");

        Assert.Equal(660, picture.Width);
        Assert.Equal(Green, picture[0, 0]);
        Assert.Equal(Red, picture[659, 439]);
        Assert.Equal(Green, picture[637, 439]);
        Assert.Equal(new Rgb(255, 255, 255), picture[659, 440]);
    }

    [Fact]
    public void Each_class_has_a_swatch_of_its_colour_and_text_beside_it()
    {
        var map = new RgbImage(700, 10);

        var picture = LegendImage.Below(map, [new LegendEntry("water", Blue, 400), new LegendEntry("forest", Green, 600)]);

        var pixels = Enumerable.Range(10, picture.Height - 10).SelectMany(y => Enumerable.Range(0, 700).Select(x => picture[x, y])).ToArray();
        Assert.Equal(16 * 16, pixels.Count(p => p == Blue));
        Assert.Equal(16 * 16, pixels.Count(p => p == Green));
        Assert.True(pixels.Count(p => p == new Rgb(0x22, 0x22, 0x22)) > 500);
    }

    [Fact]
    public void Many_classes_flow_into_more_rows_and_none_is_cut_off()
    {
        var entries = Enumerable.Range(0, 20).Select(i => new LegendEntry($"a class with number {i}", new Rgb((byte)(100 + i), 7, 7), 50)).ToArray();

        var picture = LegendImage.Below(new RgbImage(700, 10), entries);

        var seen = Enumerable.Range(10, picture.Height - 10).SelectMany(y => Enumerable.Range(0, 700).Select(x => picture[x, y])).ToHashSet();
        Assert.All(entries, e => Assert.Contains(e.Color, seen));
        Assert.All(Enumerable.Range(10, picture.Height - 10), y => Assert.Equal(new Rgb(255, 255, 255), picture[699, y]));
    }

    [Fact]
    public void A_large_scene_keeps_its_size() => Assert.Equal(2000, LegendImage.Below(new RgbImage(2000, 5), []).Width);
}
