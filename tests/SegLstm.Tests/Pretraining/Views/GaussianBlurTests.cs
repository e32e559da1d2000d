using SegLstm.Data.Pictures;
using SegLstm.Pretraining.Views;
using SegLstm.Tests.Data.Pictures;

namespace SegLstm.Tests.Pretraining.Views;

public class GaussianBlurTests
{
    // Digests of what GaussianBlur with sigma 0 of OpenCV 4.13.0 makes.
    [Theory]
    [InlineData(1, "D134D8B61B7D78B7")]
    [InlineData(2, "17E9D0C716BC055F")]
    [InlineData(3, "A4A940EE57D10A85")]
    public void Every_byte_is_as_OpenCV_makes_it(int radius, string digest)
    {
        var image = Patterns.Mixed(1, 48, 37);
        GaussianBlur.Apply(image.Band(0), 48, 37, radius);
        Assert.Equal(digest, Patterns.Digest<byte>(image.Samples));
    }

    [Fact]
    public void A_line_shows_the_table_of_each_length()
    {
        Assert.Equal([0, 0, 0, 64, 128, 64, 0, 0, 0], Line(1));
        Assert.Equal([0, 0, 16, 64, 96, 64, 16, 0, 0], Line(2));
        Assert.Equal([0, 8, 28, 56, 72, 56, 28, 8, 0], Line(3));

        // A bright column of 9 x 9 pixels: rows are alike, so that each shows the kernel; 255 * k / 256 rounds to k.
        static int[] Line(int radius)
        {
            byte[] band = new byte[81];
            for (int row = 0; row < 9; row++) band[row * 9 + 4] = 255;
            GaussianBlur.Apply(band, 9, 9, radius);
            return [.. band.Take(9).Select(value => (int)value)];
        }
    }

    [Fact]
    public void The_edge_is_mirrored_without_being_repeated()
    {
        byte[] band = [0, 80, 0, 0, 0, 80, 0, 0, 0, 80, 0, 0, 0, 80, 0, 0];
        GaussianBlur.Apply(band, 4, 4, 1);
        Assert.Equal([40, 40, 20, 0], band[..4]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_plain_area_stays_plain(int radius)
    {
        byte[] band = [.. Enumerable.Repeat((byte)201, 64)];
        GaussianBlur.Apply(band, 8, 8, radius);
        Assert.All(band, value => Assert.Equal(201, value));
    }
}
