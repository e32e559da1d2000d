using System.Text;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed class RasterRefusalTests : RasterFolder
{
    [Theory]
    [InlineData("/vsicurl/http://example.org/a.tif")]
    [InlineData("/vsimem/a.tif")]
    [InlineData("//VSIZIP/a.zip/a.tif")]
    [InlineData("/a/../vsimem/a.tif")]
    [InlineData("http://example.org/a.tif")]
    [InlineData("vrt:///a.tif?bands=1")]
    [InlineData("GTIFF_DIR:1:a.tif")]
    [InlineData("NETCDF:\"a.nc\":band")]
    [InlineData("MEM:::DATAPOINTER=1,PIXELS=1,LINES=1")]
    [InlineData("<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>")]
    [InlineData("  <VRTDataset/>")]
    public void A_name_that_is_no_plain_path_is_refused(string name) => Refused(RasterError.ForbiddenName, () => Raster.Open(name));

    [Fact]
    public void A_missing_file_is_reported_as_missing() => Assert.Throws<FileNotFoundException>(() => Raster.Open(At("none.tif")));

    [Fact]
    public void A_folder_is_reported_as_a_folder() => Assert.Throws<UnauthorizedAccessException>(() => Raster.Open(At(".")));

    [Fact]
    public void An_empty_file_is_reported_as_empty()
    {
        File.WriteAllBytes(At("empty.tif"), []);
        Refused(RasterError.Empty, () => Raster.Open(At("empty.tif")));
    }

    [Fact]
    public void The_extension_is_no_proof_of_the_format()
    {
        File.WriteAllText(At("text.tif"), "This is not a picture.");
        Refused(RasterError.UnknownFormat, () => Raster.Open(At("text.tif")));
        File.Copy(Noise("noise.tif", 20, 20), At("noise.png"));
        using var raster = Raster.Open(At("noise.png"));
        Assert.Equal("GTiff", raster.Format);
    }

    [Fact]
    public void A_virtual_raster_is_refused_even_as_a_file()
    {
        string source = Noise("noise.tif", 20, 20);
        string vrt = $"""<VRTDataset rasterXSize="20" rasterYSize="20"><VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename>{source}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>""";
        File.WriteAllText(At("a.vrt"), vrt);
        Refused(RasterError.UnknownFormat, () => Raster.Open(At("a.vrt")));
    }

    [Fact]
    public void A_read_above_the_limit_is_refused_and_a_smaller_window_is_not()
    {
        using var raster = Raster.Open(Noise("noise.tif", 300, 300, 2), new RasterLimits { MaxBytes = 150_000 });
        Refused(RasterError.TooLarge, () => raster.ReadArray<byte>());
        Assert.Equal(2 * 250 * 300, raster.ReadArray<byte>(new Window(0, 0, 250, 300)).Length);
        Refused(RasterError.TooLarge, () => raster.ReadArray<float>(new Window(0, 0, 250, 300)));
    }

    [Fact]
    public void A_block_above_the_limit_is_refused_at_opening()
    {
        string path = Noise("noise.tif", 300, 300);
        Refused(RasterError.TooLarge, () => Raster.Open(path, new RasterLimits { MaxBytes = 256 * 256 - 1 }));
    }

    [Fact]
    public void An_image_implausibly_large_for_its_file_is_refused_unless_allowed()
    {
        string path = At("bomb.tif");
        using (var writer = RasterWriter.Create(path, new RasterSpec { Width = 60_000, Height = 60_000 }))
            File.Copy(Noise("small.tif", 8, 8), path);
        byte[] bytes = File.ReadAllBytes(path);
        Enlarge(bytes, 60_000);
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<RasterException>(() => Raster.Open(path));
        Assert.Equal(RasterError.ImplausibleSize, error.Error);
        Assert.Contains("60000x60000", error.Message, StringComparison.Ordinal);
        using var allowed = Raster.Open(path, new RasterLimits { MaxExpansion = 1e9 });
        Assert.Equal(60_000, allowed.Width);
        Refused(RasterError.TooLarge, () => allowed.ReadArray<byte>());
    }

    [Fact]
    public void A_window_outside_the_image_is_refused()
    {
        using var raster = Raster.Open(Noise("noise.tif", 30, 20));
        foreach (var window in new Window[] { new(-1, 0, 2, 2), new(0, 0, 31, 1), new(29, 19, 2, 1), new(0, 0, 0, 1), new(int.MaxValue, 0, 5, 5) })
            Refused(RasterError.BadWindow, () => raster.ReadArray<byte>(window));
    }

    [Fact]
    public void A_type_that_cannot_hold_the_values_is_refused()
    {
        using var raster = Raster.Open(Put("a.tif", new RasterSpec { Width = 2, Height = 1, Type = SampleType.UInt16 }, new ushort[] { 1, 65535 }));
        Refused(RasterError.Narrowing, () => raster.ReadArray<byte>());
        Refused(RasterError.Narrowing, () => raster.ReadArray<short>());
        Assert.Equal([1, 65535], raster.ReadArray<int>());
    }

    [Theory]
    [InlineData("tif", 0.3)]
    [InlineData("tif", 0.6)]
    [InlineData("tif", 0.98)]
    [InlineData("png", 0.3)]
    [InlineData("png", 0.9)]
    [InlineData("jpg", 0.5)]
    [InlineData("jpg", 0.95)]
    public void A_truncated_image_is_an_error_and_not_a_part_of_an_image(string extension, double share)
    {
        string path = Noise("noise.tif", 400, 300, 3);
        using (var raster = Raster.Open(path))
        {
            byte[] planes = raster.ReadArray<byte>();
            File.WriteAllBytes(At("noise.png"), Png.Encode(planes, 3, 300, 400));
            File.WriteAllBytes(At("noise.jpg"), Jpeg.Encode(planes, 3, 300, 400));
        }

        string shorter = Truncate(At("noise." + extension), share);
        var error = Assert.Throws<RasterException>(() =>
        {
            using var raster = Raster.Open(shorter);
            raster.ReadArray<byte>();
        });
        Assert.True(error.Error is RasterError.Damaged or RasterError.BadHeader or RasterError.UnknownFormat, error.ToString());
    }

    [Fact]
    public void A_truncated_raw_file_is_an_error()
    {
        File.WriteAllText(At("cube.hdr"), "ENVI\nsamples = 40\nlines = 30\nbands = 5\nheader offset = 0\nfile type = ENVI Standard\ndata type = 1\ninterleave = bsq\nbyte order = 0\n");
        File.WriteAllBytes(At("cube"), new byte[40 * 30 * 5]);
        using (var raster = Raster.Open(At("cube")))
            Assert.Equal(("ENVI", 40, 30, 5), (raster.Format, raster.Width, raster.Height, raster.Bands));
        File.WriteAllBytes(At("cube"), new byte[40 * 30 * 5 - 1]);
        Refused(RasterError.Damaged, () => Raster.Open(At("cube")));
    }

    [Fact]
    public void Damaged_samples_are_an_error()
    {
        string path = Noise("noise.tif", 400, 300);
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length / 2, 500).Clear();
        File.WriteAllBytes(At("hurt.tif"), bytes);
        using var raster = Raster.Open(At("hurt.tif"));
        Refused(RasterError.Damaged, () => raster.ReadArray<byte>());
    }

    [Fact]
    public void Reading_a_closed_raster_is_an_error()
    {
        var raster = Raster.Open(Noise("noise.tif", 8, 8));
        raster.Dispose();
        Assert.Throws<ObjectDisposedException>(() => raster.ReadArray<byte>());
    }

    [Fact]
    public void The_block_cache_has_a_limit_that_can_be_set()
    {
        long before = Raster.BlockCacheBytes;
        Assert.True(before >= 1 << 20);
        Raster.BlockCacheBytes = 32L << 20;
        Assert.Equal(32L << 20, Raster.BlockCacheBytes);
        Raster.BlockCacheBytes = before;
        Assert.Throws<ArgumentOutOfRangeException>(() => Raster.BlockCacheBytes = 100);
    }

    /// <summary>Overwrites width and height (tags 256 and 257, classic little-endian TIFF).</summary>
    private static void Enlarge(byte[] tiff, ushort size)
    {
        Assert.Equal("II*\0", Encoding.ASCII.GetString(tiff, 0, 4));
        int directory = BitConverter.ToInt32(tiff, 4);
        for (int i = 0; i < BitConverter.ToUInt16(tiff, directory); i++)
        {
            int entry = directory + 2 + 12 * i;
            if (BitConverter.ToUInt16(tiff, entry) is 256 or 257)
                BitConverter.TryWriteBytes(tiff.AsSpan(entry + 8), (uint)size);
        }
    }
}
