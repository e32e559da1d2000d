using SegLstm.Data.Pictures;
using SegLstm.Pretraining.Views;
using SegLstm.Tests.Data.Pictures;

namespace SegLstm.Tests.Pretraining.Views;

public class BandJitterTests
{
    // Digests of what addWeighted of OpenCV 4.13.0 makes of 0 to 255 and white or black.
    [Theory]
    [InlineData(0.9, "D7CAC7C3CA1FDF21")]
    [InlineData(0.953, "69868D70AD238BF5")]
    [InlineData(1.0371, "424A7E0D4519C348")]
    [InlineData(1.1, "C97C7CF497AD8F3A")]
    public void Brightness_is_OpenCVs_mix_with_white_or_black(double factor, string digest)
    {
        byte[] band = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        BandJitter.Brighten(band, factor);
        Assert.Equal(digest, Patterns.Digest<byte>(band));
    }

    [Fact]
    public void Brightness_and_contrast_worked_out_by_hand()
    {
        byte[] band = [0, 100, 255];
        BandJitter.Brighten(band, 1.1);
        Assert.Equal([26, 116, 255], band);         // 25.5 to the even one, 115.5, 255
        BandJitter.Brighten(band, 0.9);
        Assert.Equal([23, 104, 230], band);         // 23.4, 104.4, 229.5 to the even one
        BandJitter.Scale(band, 1.1);
        Assert.Equal([25, 114, 253], band);         // 25.3, 114.4, 253: fractions are cut off
        BandJitter.Scale(band, 1.1);
        Assert.Equal([27, 125, 255], band);
    }

    [Fact]
    public void Noise_replaces_its_share_of_the_samples_by_any_byte()
    {
        byte[] band = new byte[200_000];
        BandJitter.Disturb(band, new Random(2), 0.05);
        int changed = band.Count(sample => sample != 0);
        // 10,000 expected, one in 256 of which is 0 again; the deviation is 97.
        Assert.InRange(changed, 9961 - 500, 9961 + 500);
        Assert.Equal(256, band.Distinct().Count());
    }
}
