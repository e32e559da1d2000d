using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

/// <summary>A few hundred bytes may not make GDAL build tens of thousands of bands or tags.</summary>
public sealed class TiffDirectoryTests : RasterFolder
{
    // A directory of one entry: SamplesPerPixel.
    [Theory]
    [InlineData("49492A0008000000010015010300010000000110000000000000")] // 4097, little-endian
    [InlineData("4D4D002A00000008000101150003000000011001000000000000")] // 4097, big-endian
    [InlineData("49492A000800000001001501040001000000FFFFFFFF00000000")] // as LONG
    [InlineData("49492B000800000010000000000000000100000000000000150103000100000000000000FFFF00000000000000000000")] // BigTIFF
    public void Too_many_bands_are_refused_before_the_file_is_opened(string hex)
    {
        File.WriteAllBytes(At("a.tif"), Convert.FromHexString(hex));
        Refused(RasterError.TooLarge, () => Raster.Open(At("a.tif")));
    }

    [Theory]
    [InlineData("49492A0008000000010015010300010000000010000000000000")] // 4096
    [InlineData("49492A00FFFFFFFF010015010300010000000110000000000000")]
    [InlineData("4949")]
    public void What_else_is_wrong_with_a_directory_is_left_to_GDAL(string hex)
    {
        File.WriteAllBytes(At("a.tif"), Convert.FromHexString(hex));
        var refusal = Assert.Throws<RasterException>(() => Raster.Open(At("a.tif")));
        Assert.NotEqual(RasterError.TooLarge, refusal.Error);
    }

    [Theory]
    [InlineData("49492A0008000000FFFF15010300010000000100000000000000")]
    [InlineData("4D4D002A000000080401011500030000000100010000000000000000")] // 1025
    public void Too_many_entries_are_refused_before_the_file_is_opened(string hex)
    {
        File.WriteAllBytes(At("a.tif"), Convert.FromHexString(hex));
        Refused(RasterError.BadHeader, () => Raster.Open(At("a.tif")));
    }

    [Fact]
    public void The_limit_is_the_reader_s_and_many_bands_are_fine()
    {
        string path = Noise("many.tif", 3, 2, bands: 300);
        using (var raster = Raster.Open(path))
            Assert.Equal(300, raster.Bands);
        Refused(RasterError.TooLarge, () => Raster.Open(path, new RasterLimits { MaxBands = 299 }));
    }
}
