using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed class PolygonRasterizerTests
{
    private static readonly GeoTransform Pixels = new(0, 1, 0, 0, 0, 1);

    [Fact]
    public void A_pixel_belongs_to_the_polygon_that_its_centre_lies_in()
    {
        byte[] grid = new byte[6 * 5];
        PolygonRasterizer.Burn(grid, 6, 5, Pixels, [[[(1.4, 0.6), (4.6, 0.6), (4.6, 3.4), (1.4, 3.4), (1.4, 0.6)]]], 9);
        for (int y = 0; y < 5; y++)
        {
            for (int x = 0; x < 6; x++)
                Assert.Equal(x + 0.5 is > 1.4 and < 4.6 && y + 0.5 is > 0.6 and < 3.4 ? 9 : 0, grid[y * 6 + x]);
        }
    }

    [Fact]
    public void A_hole_stays_as_it_was()
    {
        byte[] grid = [.. Enumerable.Repeat((byte)3, 100)];
        PolygonRasterizer.Burn(
            grid, 10, 10, Pixels, [[[(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)], [(4, 4), (6, 4), (6, 6), (4, 6), (4, 4)]]], 1);
        Assert.Equal(4, grid.Count(v => v == 3));
        Assert.Equal(3, grid[44]);
    }

    [Fact]
    public void The_map_transform_is_used()
    {
        byte[] grid = new byte[360 * 180];
        PolygonRasterizer.Burn(grid, 360, 180, new GeoTransform(-180, 1, 0, 90, 0, -1), [[[(0, 0), (10, 0), (10, 5), (0, 5), (0, 0)]]], 1);
        Assert.Equal(50, grid.Count(v => v == 1));
        Assert.Equal(1, grid[89 * 360 + 180]);
    }
}
