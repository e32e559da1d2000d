using SegLstm.Data;
using SegLstm.Data.Pictures;

namespace SegLstm.Tests.Data.Pictures;

public class HsvTests
{
    [Fact]
    public void All_colours_become_OpenCVs_HSV()
    {
        // Digest of what cvtColor with COLOR_RGB2HSV of OpenCV 4.13.0 makes of all colours in the order of their numbers.
        byte[] all = new byte[3 << 24];
        for (int i = 0; i < 1 << 24; i++)
            (all[3 * i], all[3 * i + 1], all[3 * i + 2]) = Hsv.Of(Rgb.FromHex(i));
        Assert.Equal("A5B38B214F65AED9", Patterns.Digest<byte>(all));
    }

    // From COLOR_HSV2RGB of OpenCV 4.13.0, pixel by pixel, which rounds.
    [Theory]
    [InlineData(0, 255, 255, 255, 0, 0)]
    [InlineData(30, 255, 255, 255, 255, 0)]
    [InlineData(60, 255, 200, 0, 200, 0)]
    [InlineData(90, 128, 255, 127, 255, 255)]
    [InlineData(120, 255, 10, 0, 0, 10)]
    [InlineData(150, 77, 201, 201, 140, 201)]
    [InlineData(179, 255, 255, 255, 0, 8)]
    [InlineData(180, 255, 255, 255, 0, 0)]
    [InlineData(236, 200, 180, 58, 180, 39)]
    [InlineData(255, 255, 255, 0, 255, 128)]
    [InlineData(17, 3, 254, 254, 253, 251)]
    [InlineData(100, 0, 99, 99, 99, 99)]
    public void HSV_becomes_OpenCVs_colour_and_hues_from_180_on_go_round_again(byte h, byte s, byte v, byte r, byte g, byte b) =>
        Assert.Equal(new Rgb(r, g, b), Hsv.ToRgb(h, s, v));

    [Fact]
    public void There_and_back_a_colour_stays_within_the_steps_of_its_hue()
    {
        // A step of 2 degrees is a thirtieth of the way from one edge of the colour circle to the next.
        for (int i = 0; i < 1 << 24; i += 101)
        {
            Rgb color = Rgb.FromHex(i);
            var (h, s, v) = Hsv.Of(color);
            Rgb back = Hsv.ToRgb(h, s, v);
            Assert.InRange(Math.Abs(back.R - color.R), 0, 5);
            Assert.InRange(Math.Abs(back.G - color.G), 0, 5);
            Assert.InRange(Math.Abs(back.B - color.B), 0, 5);
            Assert.Equal(v, Math.Max(back.R, Math.Max(back.G, back.B)));
        }
    }
}
