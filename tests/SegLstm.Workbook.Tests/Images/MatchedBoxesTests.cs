using SegLstm.Data;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Tests.Images;

public class MatchedBoxesTests
{
    private static readonly Rgb Blue = Rgb.FromHex(0x0072B2), Vermilion = Rgb.FromHex(0xD55E00);

    [Fact]
    public void Both_boxes_of_a_pair_are_framed_in_its_colour_and_their_last_pixels_are_inside()
    {
        // Views of 500 pixels are not enlarged.
        RgbImage picture = MatchedBoxes.Of(new RgbImage(500, 400), new RgbImage(500, 400), [(10, 20, 57, 67), (100, 100, 147, 147)], [(200, 0, 247, 47), (0, 352, 47, 399)]);
        Assert.Equal((1012, 400), (picture.Width, picture.Height));
        foreach (var (x, y) in new[] { (10, 20), (57, 67), (10, 67), (512 + 200, 0), (512 + 247, 47) }) Assert.Equal(Blue, picture[x, y]);
        foreach (var (x, y) in new[] { (100, 100), (147, 147), (512, 352), (512 + 47, 399) }) Assert.Equal(Vermilion, picture[x, y]);
        foreach (var (x, y) in new[] { (9, 20), (58, 67), (57, 68), (40, 50) }) Assert.Equal(new Rgb(0, 0, 0), picture[x, y]);
    }

    [Fact]
    public void Small_views_are_enlarged_and_lie_side_by_side()
    {
        var first = new RgbImage(4, 4) { [3, 3] = new Rgb(255, 0, 0) };
        var second = new RgbImage(4, 4) { [0, 0] = new Rgb(0, 255, 0) };
        RgbImage picture = MatchedBoxes.Of(first, second, [], []);
        Assert.Equal((2 * 448 + 12, 448), (picture.Width, picture.Height));
        Assert.Equal(new Rgb(255, 0, 0), picture[447, 447]);
        Assert.Equal(new Rgb(255, 255, 255), picture[448, 10]);
        Assert.Equal(new Rgb(0, 255, 0), picture[460, 0]);
    }

    [Fact]
    public void Boxes_without_a_pair_or_outside_their_view_are_refused()
    {
        var view = new RgbImage(48, 48);
        Assert.Contains("expected pairs", Assert.Throws<ArgumentException>(() => MatchedBoxes.Of(view, view, [(0, 0, 9, 9)], [])).Message);
        Assert.Contains("(0, 0, 48, 9)", Assert.Throws<ArgumentException>(() => MatchedBoxes.Of(view, view, [(0, 0, 48, 9)], [(0, 0, 9, 9)])).Message);
        Assert.Contains("expected one size", Assert.Throws<ArgumentException>(() => MatchedBoxes.Of(view, new RgbImage(48, 47), [], [])).Message);
    }
}
