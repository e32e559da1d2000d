using SegLstm.Data.Rasters;
using SegLstm.Tests.Data;

namespace SegLstm.Tests.Data.Rasters;

public sealed class RasterBandsTests : RasterFolder
{
    [Fact]
    public void Bands_come_in_the_order_asked_for()
    {
        using var raster = Raster.Open(Noise("noise.tif", 70, 30, 3));
        byte[] whole = raster.ReadArray<byte>();
        var bands = new RasterBands(raster, [2, 0, 2]);
        var (samples, missing) = (new float[3 * 70 * 30], new bool[70 * 30]);
        bands.Read(raster.Extent, samples, missing);
        Assert.Equal(whole[(2 * 2100)..].Select(value => (float)value), samples[..2100]);
        Assert.Equal(whole[..2100].Select(value => (float)value), samples[2100..4200]);
        Assert.Equal(samples[..2100], samples[4200..]);
        Assert.DoesNotContain(true, missing);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(37)]
    public void A_pixel_is_missing_where_all_chosen_bands_have_the_value_or_one_is_no_number(int width)
    {
        float[] samples = [.. Enumerable.Range(0, 3 * width).Select(i => (float)(i % 5))];
        bool[] expected = new bool[width];
        for (int x = 0; x < width; x += 3) (samples[x], samples[(2 * width) + x], expected[x]) = (-9, -9, true);
        (samples[1], samples[2]) = (-9, float.NaN);
        (expected[1], expected[2]) = (false, true);
        if (width > 9) (samples[(2 * width) + 8], expected[8], samples[width + 10]) = (float.PositiveInfinity, true, float.NaN);
        using var raster = Raster.Open(
            Put("f.tif", new RasterSpec { Width = width, Height = 1, Bands = 3, Type = SampleType.Float32, NoData = -9 }, samples));
        bool[] missing = new bool[width];
        new RasterBands(raster, [0, 2]).Read(raster.Extent, new float[2 * width], missing);
        Assert.Equal(expected, missing);
    }

    [Fact]
    public void A_band_that_there_is_not_is_refused()
    {
        using var raster = Raster.Open(Noise("noise.tif", 7, 3, 2));
        Assert.Contains("no band 3", Assert.Throws<ArgumentException>(() => new RasterBands(raster, [0, 2])).Message);
    }

    [Fact]
    public void Pixels_that_a_mask_file_leaves_out_are_missing()
    {
        Noise("masked.tif", 791, 718, 3);
        File.Copy(Path.Combine(SharedSamples.Folder("rasters_rasterio"), "RGB2.byte.tif.msk"), At("masked.tif.msk"));
        using var raster = Raster.Open(At("masked.tif"));
        Assert.True(raster.HasMask);
        byte[] mask = new byte[791 * 718];
        raster.ReadMask(raster.Extent, mask);
        Assert.Equal(new byte[] { 0, 255 }, mask.Distinct().Order());
        bool[] missing = new bool[mask.Length];
        new RasterBands(raster, [1]).Read(raster.Extent, new float[mask.Length], missing);
        Assert.Equal(mask.Select(value => value == 0), missing);
    }

    [Fact]
    public void Transparent_pixels_are_missing_and_the_alpha_band_is_known()
    {
        using var raster = Raster.Open(Path.Combine(SharedSamples.Folder("rasters_rasterio"), "alpha.tif"));
        Assert.Equal(3, raster.AlphaBand);
        Assert.True(raster.HasMask);
        byte[] whole = raster.ReadArray<byte>();
        int pixels = raster.Width * raster.Height;
        bool[] missing = new bool[pixels];
        new RasterBands(raster, [0, 1, 2]).Read(raster.Extent, new float[3 * pixels], missing);
        Assert.Equal(whole[(3 * pixels)..].Select(alpha => alpha == 0), missing);
        Assert.Contains(true, missing);
    }
}
