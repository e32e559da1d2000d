using System.Globalization;
using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed unsafe class CloudOptimizedTests : RasterFolder
{
    private const int Width = 1700, Height = 1300;

    [Fact]
    public void A_map_has_overviews_its_directories_come_first_and_coarse_pixels_before_fine_ones()
    {
        byte[] classes = new byte[Width * Height];
        for (int i = 0; i < classes.Length; i++) classes[i] = (byte)((((i % Width / 300) + (i / Width / 200)) % 2) + (i % 7 == 0 ? 1 : 0));
        classes.AsSpan(0, 200 * Width).Fill(255);
        var spec = new RasterSpec
        {
            Width = Width, Height = Height, NoData = 255, ColorTable = [new(0, 0, 0), new(255, 0, 0), new(0, 255, 0)],
            CategoryNames = ["none", "water", "town"], GeoTransform = new(500_000, 10, 0, 20_000, 0, -10),
            Projection = SpatialReferenceHandle.WktOfEpsg(32618),
        };
        CloudOptimized.Copy(Put("map.tif", spec, classes), At("cog.tif"));
        Assert.Equal(["cog.tif", "cog.tif.aux.xml", "map.tif", "map.tif.aux.xml"], Names());

        using (Raster copy = Raster.Open(At("cog.tif")), map = Raster.Open(At("map.tif")))
        {
            Assert.Equal(classes, copy.ReadArray<byte>());
            Assert.Equal((map.GeoTransform, map.Projection, map.NoData), (copy.GeoTransform, copy.Projection, copy.NoData));
            Assert.Equal(map.ColorTable, copy.ColorTable);
            Assert.Equal(map.CategoryNames, copy.CategoryNames);
        }

        using var call = new GdalCall();
        using var drivers = new CStrings("GTiff");
        using DatasetHandle dataset = GdalImports.GDALOpenEx(At("cog.tif"), 0x42, drivers.Pointer, null, null);
        Assert.Equal("COG", GdalImports.Text(GdalImports.GDALGetMetadataItem(dataset.DangerousGetHandle(), "LAYOUT", "IMAGE_STRUCTURE")));
        nint band = GdalImports.GDALGetRasterBand(dataset, 1);
        Assert.Equal(2, GdalImports.GDALGetOverviewCount(band));
        nint[] levels = [band, GdalImports.GDALGetOverview(band, 0), GdalImports.GDALGetOverview(band, 1)];
        long[] directories = [.. levels.Select(level => Number(level, "IFD_OFFSET"))];
        long[] pixels = [.. levels.Select(level => Number(level, "BLOCK_OFFSET_0_0"))];
        Assert.Equal(directories.Order(), directories);
        Assert.Equal(pixels.OrderDescending(), pixels);
        Assert.True(directories.Max() < pixels.Min());
        int width, height;
        GdalImports.GDALGetBlockSize(band, &width, &height);
        Assert.Equal((512, 512), (width, height));
        Assert.Empty(call.Failures);
    }

    private static long Number(nint band, string name) =>
        long.Parse(GdalImports.Text(GdalImports.GDALGetMetadataItem(band, name, "TIFF"))!, CultureInfo.InvariantCulture);
}
