using SegLstm.Data;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Tests.Images;

public class BitmapFontTests
{
    [Fact]
    public void All_printable_letters_differ_and_only_the_space_is_empty()
    {
        var drawings = Enumerable.Range(' ', '~' - ' ' + 1).Select(c => Ink(((char)c).ToString())).ToArray();

        Assert.Equal(drawings.Length, drawings.Distinct().Count());
        Assert.DoesNotContain('#', drawings[0]);
        Assert.All(drawings.Skip(1), d => Assert.Contains('#', d));
    }

    [Fact]
    public void An_unknown_letter_is_drawn_as_the_same_box_and_not_left_out()
    {
        Assert.Equal(Ink("\u00e9"), Ink("\u6c34"));
        Assert.Contains('#', Ink("\u00e9"));
        Assert.NotEqual(Ink("?"), Ink("\u00e9"));
    }

    [Fact]
    public void Letters_look_like_letters() => Assert.Equal(
        """
        ####.
        #...#
        #...#
        ####.
        #.#..
        #..#.
        #...#
        .....
        """.ReplaceLineEndings("\n"), Ink("R"));

    [Fact]
    public void Scale_magnifies_and_width_is_what_is_drawn()
    {
        var picture = new RgbImage(BitmapFont.Width("HH", 3), BitmapFont.Height * 3);

        BitmapFont.Draw(picture, "HH", 0, 0, new Rgb(255, 255, 255), 3);

        Assert.Equal(33, picture.Width);
        Assert.Equal(255, picture[0, 0].R);
        Assert.Equal(255, picture[picture.Width - 1, 20].R);
        Assert.Equal(0, picture[3, 0].R);
        Assert.Equal(0, BitmapFont.Width(""));
    }

    [Fact]
    public void Text_beyond_the_picture_is_cut_off()
    {
        var picture = new RgbImage(8, 8);

        BitmapFont.Draw(picture, "WWWW", -3, -2, new Rgb(255, 255, 255), 2);

        Assert.Contains((byte)255, picture.Planes.ToArray());
    }

    private static string Ink(string text)
    {
        var picture = new RgbImage(5, 8);
        BitmapFont.Draw(picture, text, 0, 0, new Rgb(255, 255, 255));
        return string.Join("\n", Enumerable.Range(0, 8).Select(y => string.Concat(Enumerable.Range(0, 5).Select(x => picture[x, y].R > 0 ? '#' : '.'))));
    }
}
