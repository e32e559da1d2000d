using SegLstm.Data;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Tests.Data.Arrays;

namespace SegLstm.Tests.Data.Hyperspectral.Files;

/// <summary>Regions of interest as ENVI writes them, and as it does not.</summary>
public sealed class EnviRoiTests : ArrayFolder
{
    internal const string Text = """
        ; ENVI Output of ROIs (4.8) [Wed Jan 01 00:00:00 2013]
        ; Number of ROIs: 2
        ; File Dimension: 5 x 4
        ;
        ; ROI name: healthy grass
        ; ROI rgb value: {0, 205, 16}
        ; ROI npts: 3
        ;
        ; ROI name: water
        ; ROI rgb value: {0, 0, 255}
        ; ROI npts: 2
        ;   ID     X     Y        MapX         MapY
             1     1     1   271460.00   3290891.00
             2     2     1   271462.50   3290891.00
             3     5     4   271470.00   3290883.50

             1     3     2   271465.00   3290888.50
             2     4     2   271467.50   3290888.50

        """;

    [Fact]
    public void Regions_have_names_colours_and_pixels()
    {
        var roi = EnviRoi.Read(Put("TR.txt", System.Text.Encoding.ASCII.GetBytes(Text)));
        Assert.Equal((4, 5), (roi.Height, roi.Width));
        Assert.Equal([("healthy grass", new Rgb(0, 205, 16)), ("water", new Rgb(0, 0, 255))], roi.Regions
            .Select(region => (region.Name, region.Color)));
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], roi.ToLabels());
    }

    [Fact]
    public void A_zero_says_that_counting_begins_with_it()
    {
        var roi = EnviRoi.Read(Put("TR.txt", System.Text.Encoding.ASCII.GetBytes(Text.Replace("1     1     1 ", "1     0     0 ")
            .Replace("3     5     4 ", "3     4     3 "))));
        Assert.Equal(0, roi.Regions[0].Pixels[0]);
        Assert.Equal(19, roi.Regions[0].Pixels[2]);
        Assert.Throws<InvalidDataException>(() => EnviRoi.Read(At("TR.txt"), firstNumber: 1));
    }

    [Theory]
    [InlineData("npts: 3", "npts: 4", "the head counts 6 points and the file has 5")]
    [InlineData("5     4   27", "5     9   27", "column 5, row 9, outside")]
    [InlineData("; File Dimension: 5 x 4", ";", "no head")]
    [InlineData("     2     4     2   271467.50   3290888.50", "     2", "expected a number")]
    [InlineData("     2     4     2   271467.50", "     2     x     2   271467.50", "'x' is no whole number (line 18)")]
    [InlineData("File Dimension: 5 x 4", "File Dimension: 99999 x 99999", "an image of 99999x99999")]
    public void What_contradicts_itself_is_refused_with_its_place(string good, string bad, string message)
    {
        Assert.Contains(good, Text);
        string path = Put("TR.txt", System.Text.Encoding.ASCII.GetBytes(Text.Replace(good, bad)));
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => EnviRoi.Read(path)).Message);
    }
}
