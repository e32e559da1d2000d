using SegLstm.Data.Globe;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Globe;

public sealed class GlobeSceneTests
{
    [Fact]
    public void Land_lies_where_the_water_mask_has_none()
    {
        using var mask = Mask();
        byte[] surface = GlobeScene.Surface(mask.Width, mask.Height);
        Assert.InRange(Share(surface, v => v != GlobeScene.Ocean), 0.329, 0.334);
        Assert.InRange(Agreement(surface, mask, v => v == GlobeScene.Land), 0.98, 1);
    }

    [Fact]
    public void Polygons_drawn_as_if_flat_lose_a_part_of_Antarctica()
    {
        // The numbers that are published for this data: 29.7 % land, 93.4 % agreement.
        using var mask = Mask();
        byte[] flat = new byte[mask.Width * mask.Height];
        var polygons = TopoJson.Polygons(File.ReadAllBytes(Installed.File("globe", "land-50m.json")), "land");
        PolygonRasterizer.Burn(flat, mask.Width, mask.Height, GlobeScene.PlateCarree(mask.Width, mask.Height), polygons, 1);
        Assert.InRange(Share(flat, v => v == 1), 0.296, 0.298);
        Assert.InRange(Agreement(flat, mask, v => v == 1), 0.933, 0.938);
    }

    [Theory]
    [InlineData(-30, 0, GlobeScene.Ocean)] // mid Atlantic
    [InlineData(-179.5, -30, GlobeScene.Ocean)]
    [InlineData(-87, 44, GlobeScene.Lake)] // Lake Michigan
    [InlineData(33, -1, GlobeScene.Lake)] // Lake Victoria
    [InlineData(-62, -5, GlobeScene.Land)] // Amazonia
    [InlineData(178, 67, GlobeScene.Land)] // Chukotka, west of the antimeridian
    [InlineData(-175, 67, GlobeScene.Land)] // and east of it
    [InlineData(88, 33, GlobeScene.Highland)] // Tibet
    [InlineData(0, -88, GlobeScene.Highland)] // the polar plateau
    [InlineData(2.35, 48.86, GlobeScene.Lights)] // Paris
    public void Known_places_have_their_class(double longitude, double latitude, byte label)
    {
        var scene = Loaded.Value;
        int x = (int)((longitude + 180) / 360 * scene.Width), y = (int)((90 - latitude) / 180 * scene.Height);
        Assert.Equal(label, scene.Labels![y * scene.Width + x]);
    }

    [Fact]
    public void Labels_lie_on_the_picture()
    {
        // The ocean is the darkest and the bluest part of the Blue Marble.
        var scene = Loaded.Value;
        (double Red, double Blue) Mean(byte label)
        {
            double red = 0, blue = 0;
            int count = 0;
            for (int i = 0; i < scene.Pixels; i += 7)
            {
                if (scene.Labels![i] != label)
                    continue;
                (red, blue, count) = (red + scene.Image[i], blue + scene.Image[2 * scene.Pixels + i], count + 1);
            }

            return (red / count, blue / count);
        }

        var (ocean, land) = (Mean(GlobeScene.Ocean), Mean(GlobeScene.Land));
        Assert.True(ocean.Blue > ocean.Red * 1.5, $"{ocean}");
        Assert.True(land.Red > ocean.Red * 2, $"{land} {ocean}");
        Assert.Equal((2048, 4096, 3), (scene.Height, scene.Width, scene.Bands));
        Assert.All(Enumerable.Range(0, 5), c => Assert.Contains((byte)c, scene.Labels!));
    }

    private static readonly Lazy<SegLstm.Data.SceneArrays> Loaded = new(() =>
    {
        Installed.File("globe", "earth-blue-marble.jpg");
        return GlobeScene.Load();
    });

    private static Raster Mask() => Raster.Open(Installed.File("globe", "earth-water.png"));

    private static double Share(byte[] grid, Predicate<byte> what) => grid.Count(v => what(v)) / (double)grid.Length;

    private static double Agreement(byte[] grid, Raster mask, Predicate<byte> isLand)
    {
        byte[] water = mask.ReadArray<byte>();
        return Enumerable.Range(0, grid.Length).Count(i => isLand(grid[i]) == water[i] < 128) / (double)grid.Length;
    }
}
