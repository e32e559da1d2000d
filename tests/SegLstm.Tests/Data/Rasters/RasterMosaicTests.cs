using System.Diagnostics;
using System.Globalization;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data;

namespace SegLstm.Tests.Data.Rasters;

public sealed class RasterMosaicTests : RasterFolder
{
    private static readonly GeoTransform Grid = new(500_000, 10, 0, 20_000, 0, -10);

    [Fact]
    public void Pieces_of_one_raster_read_as_the_raster()
    {
        string path = Put("whole.tif", Spec(120, 90, 2), Values(2 * 120 * 90));
        using var whole = Raster.Open(path);
        using Raster corner = Cut(whole, new Window(70, 50, 50, 40)), left = Cut(whole, new Window(0, 0, 80, 90)),
            right = Cut(whole, new Window(75, 0, 45, 60));
        using var mosaic = new RasterMosaic([corner, left, right], [1, 0]);
        Assert.Equal((120, 90, 0), (mosaic.Width, mosaic.Height, mosaic.Warped));
        Assert.Equal(Grid, mosaic.GeoTransform);
        foreach (var window in new[] { whole.Extent, new Window(60, 40, 40, 30), new Window(119, 89, 1, 1) })
        {
            var (expected, gaps) = Read(new RasterBands(whole, [1, 0]), window);
            var (samples, missing) = Read(mosaic, window);
            Assert.Equal(gaps, missing);
            Assert.Equal(expected, samples);
        }
    }

    [Fact]
    public void The_first_raster_that_has_a_pixel_gives_it_and_where_none_has_it_is_missing()
    {
        byte[] one = [.. Enumerable.Repeat((byte)10, 400)], other = [.. Enumerable.Repeat((byte)20, 400)];
        one[(15 * 20) + 15] = 0;
        using var first = Raster.Open(Put("first.tif", Spec(20, 20, 1) with { NoData = 0 }, one));
        using var second = Raster.Open(Put("second.tif", Spec(20, 20, 1) with { GeoTransform = Grid.Shift(12, 12) }, other));
        foreach ((Raster[] order, float shared) in new[] { (new[] { first, second }, 10f), ([second, first], 20f) })
        {
            using var mosaic = new RasterMosaic(order, [0]);
            Assert.Equal((32, 32), (mosaic.Width, mosaic.Height));
            var (samples, missing) = Read(mosaic, new Window(0, 0, 32, 32));
            Assert.Equal(10, samples[0]);
            Assert.Equal(shared, samples[(13 * 32) + 13]);
            Assert.Equal(20, samples[(15 * 32) + 15]);
            Assert.Equal(20, samples[(31 * 32) + 31]);
            Assert.Equal(2 * 12 * 12, missing.Count(gap => gap));
            Assert.True(missing[31] && missing[31 * 32]);
        }
    }

    [Fact]
    public void A_raster_in_another_coordinate_system_lands_where_its_coordinates_say()
    {
        // At the equator on the central meridian of zone 18 a metre is, to a millionth, this many degrees.
        const double degree = 1 / (111_319.490793 * 0.9996);
        float[] values = [.. Enumerable.Range(0, 200 * 100).Select(i => (float)(i % 200))];
        using var metres = Raster.Open(Put("utm.tif", Spec(200, 100, 1, 32618) with
        {
            Type = SampleType.Float32, GeoTransform = new(499_000, 10, 0, 500, 0, -10),
        }, values));
        using var mosaic = new RasterMosaic([metres], [0], epsg: 4326, resolution: 20 * degree);
        Assert.Equal(1, mosaic.Warped);
        Assert.InRange(mosaic.GeoTransform!.Value.OriginX, -75 - (1001 * degree), -75 - (999 * degree));
        Assert.InRange(mosaic.Width, 100, 101);
        var (samples, missing) = Read(mosaic, new Window(0, 0, mosaic.Width, mosaic.Height));
        for (int x = 5; x < 95; x++)
        {
            double column = (((mosaic.GeoTransform.Value.Apply(x + 0.5, 0).X + 75) / degree) + 1000) / 10;
            Assert.False(missing[(20 * mosaic.Width) + x]);
            Assert.InRange(samples[(20 * mosaic.Width) + x], column - 0.5 - 0.3, column - 0.5 + 0.3);
        }
    }

    [Fact]
    public void Missing_pixels_stay_missing_when_a_raster_is_warped_and_spoil_no_others()
    {
        byte[] values = [.. Enumerable.Repeat((byte)100, 60 * 60)];
        for (int y = 20; y < 40; y++) values.AsSpan((y * 60) + 20, 20).Clear();
        using var hole = Raster.Open(Put("hole.tif", Spec(60, 60, 1) with { NoData = 0 }, values));
        using var mosaic = new RasterMosaic([hole], [0], resolution: 7);
        Assert.Equal((86, 86), (mosaic.Width, mosaic.Height));
        var (samples, missing) = Read(mosaic, new Window(0, 0, 86, 86));
        Assert.All(Enumerable.Range(0, 85 * 85), i =>
        {
            int x = i % 85, y = i / 85, at = (y * 86) + x;
            bool inside = x * 7 >= 207 && (x + 1) * 7 <= 393 && y * 7 >= 207 && (y + 1) * 7 <= 393;
            bool outside = (x + 1) * 7 <= 193 || x * 7 >= 407 || (y + 1) * 7 <= 193 || y * 7 >= 407;
            if (inside) Assert.True(missing[at]);
            if (outside) Assert.False(missing[at]);
            if (!missing[at]) Assert.Equal(100, samples[at]);
        });
    }

    [Fact]
    public void A_satellite_image_is_warped_as_gdalwarp_warps_it()
    {
        string path = Path.Combine(SharedSamples.Folder("rasters_rasterio"), "RGB.byte.tif");
        using Raster metres = Raster.Open(path);
        GeoTransform grid = metres.GeoTransform!.Value;
        var (right, bottom) = grid.Apply(metres.Width, metres.Height);
        Warp("-t_srs", "EPSG:4326", "-tr", "0.0025", "0.0025", path, At("degrees.tif"));
        Warp("-t_srs", "EPSG:32618", "-te", Text(grid.OriginX), Text(bottom), Text(right), Text(grid.OriginY), "-ts",
            Text(metres.Width), Text(metres.Height), At("degrees.tif"), At("back.tif"));

        // On top lies nothing, on the grid of the first image: all comes from the second.
        using Raster empty = Raster.Open(Put("empty.tif", new RasterSpec
        {
            Width = metres.Width, Height = metres.Height, Bands = 3, NoData = 0, GeoTransform = grid, Projection = metres.Projection,
        }, new byte[3 * metres.Width * metres.Height]));
        using Raster degrees = Raster.Open(At("degrees.tif")), back = Raster.Open(At("back.tif"));
        using var mosaic = new RasterMosaic([empty, degrees], [0, 1, 2]);
        GeoTransform there = mosaic.GeoTransform!.Value;
        int x = (int)Math.Round((grid.OriginX - there.OriginX) / grid.PixelWidth);
        int y = (int)Math.Round((grid.OriginY - there.OriginY) / grid.PixelHeight);
        var (expected, gaps) = Read(new RasterBands(back, [0, 1, 2]), back.Extent);
        var (samples, missing) = Read(mosaic, new Window(x, y, back.Width, back.Height));
        Assert.InRange(missing.Zip(gaps, (one, other) => one != other).Count(differs => differs), 0, gaps.Length / 100);
        int[] both = [.. Enumerable.Range(0, gaps.Length).Where(i => !gaps[i] && !missing[i])];
        Assert.True(both.Length > gaps.Length / 2);
        Assert.InRange(both.Average(i => Math.Abs(expected[i] - samples[i])), 0, 0.5);
    }

    [Fact]
    public void Rasters_without_a_place_virtual_ones_and_bands_that_are_not_there_are_refused()
    {
        using var nowhere = Raster.Open(Noise("nowhere.tif", 20, 20));
        using var somewhere = Raster.Open(Put("somewhere.tif", Spec(20, 20, 1), Values(400)));
        Refused(RasterError.BadHeader, () => new RasterMosaic([somewhere, nowhere], [0]));
        Assert.Throws<ArgumentException>(() => new RasterMosaic([somewhere, somewhere], [1]));
        Refused(RasterError.BadHeader, () => new RasterMosaic([somewhere], [0], epsg: 1));
        Refused(RasterError.TooLarge, () => new RasterMosaic([somewhere], [0], resolution: 1e-9));
        File.WriteAllText(At("virtual.vrt"), $"<VRTDataset rasterXSize=\"20\" rasterYSize=\"20\"></VRTDataset>");
        Refused(RasterError.UnknownFormat, () => Raster.Open(At("virtual.vrt")));
    }

    private static void Warp(params string[] arguments)
    {
        try
        {
            using var gdalwarp = Process.Start("gdalwarp", ["-q", "-r", "bilinear", .. arguments]);
            gdalwarp.WaitForExit();
            Assert.Equal(0, gdalwarp.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("gdalwarp is not installed (Debian package gdal-bin).");
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private Raster Cut(Raster whole, Window window)
    {
        string name = $"{window.X}-{window.Y}.tif";
        return Raster.Open(Put(name, Spec(window.Width, window.Height, whole.Bands) with { GeoTransform = Grid.Shift(window.X, window.Y) },
            whole.ReadArray<byte>(window)));
    }

    private static RasterSpec Spec(int width, int height, int bands, int epsg = 32618) => new()
    {
        Width = width, Height = height, Bands = bands, GeoTransform = Grid, Projection = SpatialReferenceHandle.WktOfEpsg(epsg),
    };

    private static byte[] Values(int count)
    {
        byte[] values = new byte[count];
        new Random(5).NextBytes(values);
        return values;
    }

    private static (float[] Samples, bool[] Missing) Read(IPixelSource source, Window window)
    {
        var (samples, missing) = (new float[source.Bands.Count * window.Width * window.Height], new bool[window.Width * window.Height]);
        source.Read(window, samples, missing);
        return (samples, missing);
    }
}
