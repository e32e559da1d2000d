using SegLstm.Data.Rasters;
using SegLstm.Data.Pictures;

namespace SegLstm.Tests.Data.Pictures;

public class LinearResizeTests
{
    // Digests of what OpenCV 4.13.0 makes: resize, INTER_LINEAR, one channel.
    [Theory]
    [InlineData(256, 256, 224, "0C630E47CDDD1142")]
    [InlineData(255, 200, 224, "08A1463E4812E65B")]
    [InlineData(180, 140, 224, "E314FC16E7B9EA0E")]
    [InlineData(40, 256, 224, "63F6CA826C0EAE00")]
    [InlineData(224, 224, 224, "E38BB827FAB0E428")]
    [InlineData(13, 1, 8, "AFAA5405DDE1FC1E")]
    [InlineData(5, 7, 16, "8E96B3E88628BBAC")]
    public void Every_byte_is_as_OpenCV_makes_it(int height, int width, int size, string digest)
    {
        var resized = LinearResize.Of(Patterns.Mixed(1, height, width), new Window(0, 0, width, height), size);
        Assert.Equal(digest, Patterns.Digest<byte>(resized.Samples));
    }

    [Fact]
    public void Centres_lie_at_halves_and_the_edge_is_repeated()
    {
        var ramp = new ByteImage([0, 100, 0, 100], 1, 2, 2);
        Assert.Equal([0, 25, 75, 100], LinearResize.Of(ramp, new Window(0, 0, 2, 2), 4).Samples[..4]);
        Assert.Equal([50], LinearResize.Of(ramp, new Window(0, 0, 2, 2), 1).Samples);
    }

    [Fact]
    public void A_window_does_not_see_what_lies_around_it()
    {
        var image = Patterns.Mixed(3, 20, 30);
        var window = new Window(7, 4, 11, 9);
        Assert.Equal(
            LinearResize.Of(image.Crop(window), new Window(0, 0, 11, 9), 16).Samples, LinearResize.Of(image, window, 16).Samples);
    }

    [Fact]
    public void A_window_as_large_as_the_view_is_copied()
    {
        var image = Patterns.Mixed(2, 12, 12);
        Assert.Equal(image.Samples, LinearResize.Of(image, new Window(0, 0, 12, 12), 12).Samples);
    }
}
