using SegLstm.Data;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Tests.Images;

public class NeighbourSheetTests
{
    [Fact]
    public void Rows_hold_the_framed_item_and_then_its_neighbours_in_order()
    {
        RgbImage sheet = NeighbourSheet.Of([[(Plain(10), "item"), (Plain(20), "0.9"), (Plain(30), "0.8")], [(Plain(40), "item"), (Plain(50), "0.7")]]);
        // 112 pixels are not enlarged; each is followed by a gap of 8, the item by two.
        Assert.Equal((16 + 3 * 120, 8 + 2 * (112 + 18 + 16)), (sheet.Width, sheet.Height));
        int[] expected = [10, 20, 30];
        for (int i = 0; i < 3; i++) Assert.Equal(expected[i], sheet[8 + i * 120 + (i > 0 ? 8 : 0) + 50, 60].R);
        Assert.Equal((40, 50), (sheet[60, 8 + 146 + 50].R, sheet[16 + 120 + 50, 8 + 146 + 50].R));
        Assert.Equal(Rgb.FromHex(0xD55E00), sheet[6, 60]);
        Assert.Equal(new Rgb(255, 255, 255), sheet[16 + 2 * 120 + 50, 8 + 146 + 50]);
    }

    [Fact]
    public void Words_that_do_not_fit_go_to_a_second_line_of_all_rows()
    {
        // Nine letters of 12 pixels fit below 112.
        Assert.Equal(8 + 112 + 18 + 16, NeighbourSheet.Of([[(Plain(0), "0.93 tree")]]).Height);
        Assert.Equal(8 + 112 + 2 * 18 + 16, NeighbourSheet.Of([[(Plain(0), "0.93 trees")]]).Height);
        Assert.Equal(8 + 2 * (112 + 2 * 18 + 16), NeighbourSheet.Of([[(Plain(0), "a")], [(Plain(0), "0.93 trees")]]).Height);
    }

    [Fact]
    public void A_line_does_not_run_into_the_next_picture()
    {
        RgbImage sheet = NeighbourSheet.Of([[(Plain(0), new string('W', 60)), (Plain(0), "")]]);
        for (int y = 121; y < sheet.Height; y++)
        {
            // Right of the frame, which is 3 pixels wide.
            for (int x = 123; x < sheet.Width; x++) Assert.Equal(new Rgb(255, 255, 255), sheet[x, y]);
        }
    }

    [Fact]
    public void Pictures_of_other_sizes_and_empty_rows_are_refused()
    {
        Assert.Contains("expected one size", Assert.Throws<ArgumentException>(() => NeighbourSheet.Of([[(Plain(0), ""), (new RgbImage(2, 3), "")]])).Message);
        Assert.Throws<ArgumentException>(() => NeighbourSheet.Of([[]]));
        Assert.Throws<ArgumentException>(() => NeighbourSheet.Of([]));
    }

    private static RgbImage Plain(byte level)
    {
        var picture = new RgbImage(112, 112);
        picture.Fill(0, 0, 112, 112, new Rgb(level, level, level));
        return picture;
    }
}
