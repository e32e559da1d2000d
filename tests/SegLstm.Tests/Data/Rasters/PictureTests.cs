using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed class PictureTests : RasterFolder
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png_keeps_every_sample(int bands)
    {
        byte[] planes = new byte[bands * 33 * 47];
        new Random(bands).NextBytes(planes);
        File.WriteAllBytes(At("a.png"), Png.Encode(planes, bands, 33, 47));
        using var raster = Raster.Open(At("a.png"));
        Assert.Equal(("PNG", 47, 33, bands), (raster.Format, raster.Width, raster.Height, raster.Bands));
        Assert.Equal(planes, raster.ReadArray<byte>());
    }

    [Fact]
    public void Png_keeps_a_palette()
    {
        Rgb[] palette = [new(0, 114, 178), new(0, 158, 115), new(230, 159, 0)];
        byte[] classes = [0, 1, 2, 2, 1, 0];
        File.WriteAllBytes(At("a.png"), Png.Encode(classes, 1, 2, 3, palette));
        using var raster = Raster.Open(At("a.png"));
        Assert.Equal(palette, raster.ColorTable!.Take(3));
        Assert.Equal(classes, raster.ReadArray<byte>());
    }

    [Fact]
    public void Jpeg_keeps_a_smooth_picture_within_a_few_grey_levels()
    {
        byte[] planes = [.. Enumerable.Range(0, 3 * 64 * 64).Select(i => (byte)(40 + (i / 64 % 64) + (i % 64)))];
        File.WriteAllBytes(At("a.jpg"), Jpeg.Encode(planes, 3, 64, 64, quality: 95));
        using var raster = Raster.Open(At("a.jpg"));
        Assert.Equal(("JPEG", 64, 64, 3), (raster.Format, raster.Width, raster.Height, raster.Bands));
        Assert.InRange(raster.ReadArray<byte>().Zip(planes, (a, b) => Math.Abs(a - b)).Average(), 0, 2);
    }

    [Fact]
    public void Equal_pictures_give_equal_bytes()
    {
        byte[] planes = new byte[3 * 20 * 20];
        new Random(5).NextBytes(planes);
        Assert.Equal(Png.Encode(planes, 3, 20, 20), Png.Encode(planes, 3, 20, 20));
    }

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Png.Encode(new byte[5], 1, 2, 3));
        Assert.Throws<ArgumentException>(() => Png.Encode(new byte[0], 1, 0, 3));
        Refused(RasterError.WriteFailed, () => Png.Encode(new byte[5 * 6], 5, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jpeg.Encode(new byte[6], 1, 2, 3, quality: 0));
    }
}
