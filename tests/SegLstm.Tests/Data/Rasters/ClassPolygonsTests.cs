using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed unsafe class ClassPolygonsTests : RasterFolder
{
    private const int Width = ClassPolygons.BlockSide + 300, Height = 700;

    private static readonly GeoTransform Grid = new(500_000, 28.5, 0, 20_000, 0, -28.5);

    [Fact]
    public void Areas_of_the_polygons_of_a_class_sum_to_its_pixels_and_nothing_lies_where_there_is_no_data()
    {
        byte[] classes = new byte[Width * Height];
        for (int i = 0; i < classes.Length; i++)
        {
            int x = i % Width, y = i / Width;
            classes[i] = (byte)(x < 90 ? 255 : ((x / 37 * y / 29) + (x * y / 5000)) % 3);
        }

        string path = Put("map.tif", new RasterSpec
        {
            Width = Width, Height = Height, NoData = 255, GeoTransform = Grid, Projection = SpatialReferenceHandle.WktOfEpsg(32618),
        }, classes);
        long written;
        using (Raster map = Raster.Open(path)) written = ClassPolygons.Write(map, At("map.gpkg"), ["water", "forest", "town"]);
        Assert.Equal(["map.gpkg", "map.tif"], Names());

        List<(int Class, string Name, long Pixels, double Area, double Shape)> polygons = Read(At("map.gpkg"), out string projection);
        Assert.Equal(written, polygons.Count);
        Assert.True(SpatialReferenceHandle.AreSame(SpatialReferenceHandle.WktOfEpsg(32618), projection));
        string[] names = ["water", "forest", "town"];
        foreach (int c in new[] { 0, 1, 2 })
        {
            var own = polygons.Where(polygon => polygon.Class == c).ToArray();
            long pixels = classes.Count(value => value == c);
            Assert.Equal(pixels, own.Sum(polygon => polygon.Pixels));
            Assert.Equal(pixels * 28.5 * 28.5, own.Sum(polygon => polygon.Shape), 1e-3 * pixels);
            Assert.All(own, polygon => Assert.Equal((names[c], polygon.Shape), (polygon.Name, polygon.Area)));
        }

        Assert.Equal(3, polygons.Select(polygon => polygon.Class).Distinct().Count());
    }

    [Fact]
    public void A_map_without_a_place_gives_polygons_in_pixels()
    {
        using Raster map = Raster.Open(Put("map.tif", new RasterSpec { Width = 4, Height = 2 }, new byte[] { 0, 0, 1, 1, 0, 0, 1, 0 }));
        Assert.Equal(3, ClassPolygons.Write(map, At("map.gpkg"), ["water", "forest"]));
        Assert.Equal([(0, 4d), (0, 1d), (1, 3d)],
            Read(At("map.gpkg"), out _).Select(p => (p.Class, p.Shape)).OrderBy(p => p.Class).ThenByDescending(p => p.Shape));
    }

    [Fact]
    public void A_stopped_writing_leaves_no_file()
    {
        using Raster map = Raster.Open(Noise("map.tif", 100, 90));
        Assert.Throws<OperationCanceledException>(() => ClassPolygons.Write(map, At("map.gpkg"), [], stop: new CancellationToken(true)));
        Assert.Equal(["map.tif"], Names());
    }

    private static List<(int Class, string Name, long Pixels, double Area, double Shape)> Read(string path, out string projection)
    {
        const uint vector = 0x04, complain = 0x40;
        using var call = new GdalCall();
        using var drivers = new CStrings("GPKG");
        using DatasetHandle package = GdalImports.GDALOpenEx(path, vector | complain, drivers.Pointer, null, null);
        nint layer = GdalImports.GDALDatasetGetLayer(package, 0);
        byte* wkt = null;
        nint reference = GdalImports.OGR_L_GetSpatialRef(layer);
        projection = reference != 0 && GdalImports.OSRExportToWkt(reference, &wkt) == 0 ? GdalImports.Text(wkt)! : "";
        GdalImports.VSIFree(wkt);
        var found = new List<(int, string, long, double, double)>();
        for (nint feature; (feature = GdalImports.OGR_L_GetNextFeature(layer)) != 0; GdalImports.OGR_F_Destroy(feature))
        {
            found.Add((GdalImports.OGR_F_GetFieldAsInteger(feature, 0), GdalImports.Text(GdalImports.OGR_F_GetFieldAsString(feature, 1))!,
                GdalImports.OGR_F_GetFieldAsInteger64(feature, 2), GdalImports.OGR_F_GetFieldAsDouble(feature, 3),
                GdalImports.OGR_G_Area(GdalImports.OGR_F_GetGeometryRef(feature))));
        }

        return found;
    }
}
