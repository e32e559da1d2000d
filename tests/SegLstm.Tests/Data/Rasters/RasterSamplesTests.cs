using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

/// <summary>Other people's files, good and bad: each is read whole or refused with a RasterException; nothing crashes or hangs.</summary>
public sealed class RasterSamplesTests
{
    [Theory]
    [InlineData("tiff_fuzz", "*.tif")]
    [InlineData("tiff_checkit", "*.tif*")]
    [InlineData("tiff_variants", "*.tif*")]
    [InlineData("jpeg_crash", "*.jpg")]
    [InlineData("jpeg_variants", "*.jpg")]
    [InlineData("pngsuite", "*.png")]
    [InlineData("rasters_rasterio", "*")]
    [InlineData("layouts_torchgeo", "*.*")]
    [InlineData("dubai", "*.*")]
    public void Every_sample_is_read_or_refused(string collection, string pattern)
    {
        foreach (string file in SharedSamples.Files(collection, pattern))
        {
            long before = GC.GetTotalMemory(false);
            _ = Outcome(file);
            Assert.True(GC.GetTotalMemory(false) - before < 1L << 30, file);
        }
    }

    [Theory]
    [InlineData("pngsuite", "[!x]*.png")]
    [InlineData("tiff_checkit/pass", "*.tif*")]
    [InlineData("rasters_rasterio", "*.tif")]
    [InlineData("spacenet_atlanta", "*.tif")]
    [InlineData("potsdam_tile", "*.tif")]
    [InlineData("layouts_torchgeo", "*.tif")]
    [InlineData("layouts_torchgeo", "*.png")]
    [InlineData("layouts_torchgeo", "*.jpg")]
    public void Every_good_sample_is_read(string collection, string pattern)
    {
        bool notX = pattern.StartsWith("[!x]", StringComparison.Ordinal);
        var files = SharedSamples.Files(collection, notX ? pattern[4..] : pattern)
            .Where(f => !notX || !Path.GetFileName(f).StartsWith('x'));
        foreach (string file in files)
            Assert.True(Outcome(file) is null, $"{file}: {Outcome(file)?.Message}");
    }

    [Theory]
    [InlineData("pngsuite/xs1n0g01.png")]
    [InlineData("pngsuite/xcrn0g04.png")]
    [InlineData("pngsuite/xdtn0g01.png")]
    [InlineData("rasters_rasterio/RGB.byte.gcp.vrt")]
    [InlineData("rasters_rasterio/two-subs.h5")]
    [InlineData("jpeg_crash/empty.jpg")]
    [InlineData("tiff_checkit/fail/minimal_without_IFD.tif")]
    public void A_bad_sample_is_refused(string name)
    {
        string file = Path.Combine(SharedSamples.Folder(Path.GetDirectoryName(name)!), Path.GetFileName(name));
        Assert.NotNull(Outcome(file));
    }

    [Fact]
    public void Rotation_nodata_and_projection_of_samples_are_read()
    {
        string folder = SharedSamples.Folder("rasters_rasterio");
        using var rotated = Raster.Open(Path.Combine(folder, "rotated.tif"));
        Assert.NotEqual(0, rotated.GeoTransform!.Value.RowRotation);
        using var rgb = Raster.Open(Path.Combine(folder, "RGB.byte.tif"));
        Assert.Equal((791, 718, 3, 0.0), (rgb.Width, rgb.Height, rgb.Bands, rgb.NoData));
        Assert.Contains("UTM zone 18N", rgb.Projection, StringComparison.Ordinal);
        Assert.InRange(rgb.GeoTransform!.Value.PixelWidth, 299, 301);
        using var sixteen = Raster.Open(Path.Combine(folder, "RGBA.uint16.tif"));
        Assert.All(sixteen.BandTypes, t => Assert.Equal(SampleType.UInt16, t));
    }

    private static RasterException? Outcome(string file)
    {
        try
        {
            using var raster = Raster.Open(file, new RasterLimits { MaxBytes = 256 << 20 });
            if (raster.BandTypes.Contains(SampleType.Int8))
                raster.ReadArray<sbyte>();
            else if (raster.BandTypes.All(t => t == SampleType.UInt8))
                raster.ReadArray<byte>();
            else
                raster.ReadArray<double>();
            return null;
        }
        catch (RasterException refusal)
        {
            return refusal;
        }
    }
}
