using System.Diagnostics;
using System.Numerics;
using System.Text.Json;
using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed class RasterRoundTripTests : RasterFolder
{
    private const string Utm25South = """
        PROJCS["SIRGAS 2000 / UTM zone 25S",GEOGCS["SIRGAS 2000",DATUM["Sistema_de_Referencia_Geocentrico_para_las_AmericaS_2000",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6674"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4674"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",-33],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",10000000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","31985"]]
        """;

    private static readonly GeoTransform Rotated = new(288776.25, 28.5, 0.125, 9120760.75, -0.25, -28.5);

    private static readonly Rgb[] Colors = [new(0, 0, 255), new(0, 158, 115), new(240, 228, 66), new(213, 94, 0)];

    private static readonly string[] Classes = ["water", "vegetation", "other", "built or bare"];

    private string ClassMap() => Put(
        "map.tif",
        new RasterSpec
        {
            Width = 300, Height = 70, GeoTransform = Rotated, Projection = Utm25South, NoData = 255,
            ColorTable = Colors, CategoryNames = Classes, BandNames = ["class"],
        },
        [.. Enumerable.Range(0, 300 * 70).Select(i => (byte)(i % 7 == 0 ? 255 : i % 4))]);

    [Fact]
    public void Coordinate_system_transform_nodata_colours_and_names_come_back_as_they_were_written()
    {
        using var raster = Raster.Open(ClassMap());
        Assert.Equal(("GTiff", 300, 70, 1), (raster.Format, raster.Width, raster.Height, raster.Bands));
        Assert.Equal(SampleType.UInt8, Assert.Single(raster.BandTypes));
        Assert.Equal(Rotated, raster.GeoTransform);
        Assert.Equal(Utm25South, raster.Projection);
        Assert.Equal(255.0, raster.NoData);
        Assert.Equal(Colors, raster.ColorTable!.Take(4));
        Assert.All(raster.ColorTable!.Skip(4), c => Assert.Equal(new Rgb(0, 0, 0), c));
        Assert.Equal(Classes, raster.CategoryNames);
        Assert.Equal("class", Assert.Single(raster.BandNames));
        Assert.Empty(raster.Warnings);
    }

    [Fact]
    public void Writing_what_was_read_gives_the_same_header_again()
    {
        using var first = Raster.Open(ClassMap());
        string copy = Put(
            "copy.tif",
            new RasterSpec
            {
                Width = first.Width, Height = first.Height, GeoTransform = first.GeoTransform, Projection = first.Projection,
                NoData = first.NoData, ColorTable = first.ColorTable, CategoryNames = first.CategoryNames,
            },
            first.ReadArray<byte>());
        using var second = Raster.Open(copy);
        Assert.Equal(first.GeoTransform, second.GeoTransform);
        Assert.Equal(first.Projection, second.Projection);
        Assert.Equal(first.ColorTable, second.ColorTable);
        Assert.Equal(first.CategoryNames, second.CategoryNames);
        Assert.Equal(first.ReadArray<byte>(), second.ReadArray<byte>());
    }

    [Fact]
    public void Gdalinfo_reads_the_same_header()
    {
        string path = ClassMap();
        using var info = Start("gdalinfo", "-json", path);
        using var json = JsonDocument.Parse(info.StandardOutput.ReadToEnd());
        info.WaitForExit();
        var root = json.RootElement;
        Assert.Equal([300, 70], root.GetProperty("size").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(
            [Rotated.OriginX, Rotated.PixelWidth, Rotated.RowRotation, Rotated.OriginY, Rotated.ColumnRotation, Rotated.PixelHeight],
            root.GetProperty("geoTransform").EnumerateArray().Select(e => e.GetDouble()));
        Assert.Contains("31985", root.GetProperty("coordinateSystem").GetProperty("wkt").GetString(), StringComparison.Ordinal);
        Assert.Equal("DEFLATE", root.GetProperty("metadata").GetProperty("IMAGE_STRUCTURE").GetProperty("COMPRESSION").GetString());
        var band = root.GetProperty("bands")[0];
        Assert.Equal("Palette", band.GetProperty("colorInterpretation").GetString());
        Assert.Equal([256, 256], band.GetProperty("block").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(255, band.GetProperty("noDataValue").GetDouble());
        Assert.Equal([213, 94, 0], band.GetProperty("colorTable").GetProperty("entries")[3].EnumerateArray().Take(3).Select(e => e.GetInt32()));

        // The JSON of GDAL 3.6 leaves categories out; the text has them.
        using var text = Start("gdalinfo", path);
        Assert.Contains("3: built or bare", text.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        text.WaitForExit();
    }

    [Fact]
    public void Five_points_lie_within_a_billionth_of_a_pixel_of_where_they_were()
    {
        using var raster = Raster.Open(ClassMap());
        foreach (var (column, row) in new[] { (0.5, 0.5), (299.5, 0.5), (0.5, 69.5), (299.5, 69.5), (150.0, 35.0) })
        {
            var (x, y) = raster.GeoTransform!.Value.Apply(column, row);
            var (wantedX, wantedY) = Rotated.Apply(column, row);
            Assert.InRange(Math.Abs(x - wantedX) / 28.5, 0, 1e-9);
            Assert.InRange(Math.Abs(y - wantedY) / 28.5, 0, 1e-9);
        }
    }

    [Fact]
    public void A_shifted_transform_puts_a_crop_where_it_was_cut()
    {
        Assert.Equal(Rotated.Apply(17 + 3.5, 5 + 4.5), Rotated.Shift(17, 5).Apply(3.5, 4.5));
    }

    [Fact]
    public void Samples_of_every_type_come_back_bit_for_bit()
    {
        Check<byte>(SampleType.UInt8, 0, 255);
        Check<sbyte>(SampleType.Int8, -128, 127);
        Check<ushort>(SampleType.UInt16, 0, 65535);
        Check<short>(SampleType.Int16, -32768, 32767);
        Check<uint>(SampleType.UInt32, 0, uint.MaxValue);
        Check<int>(SampleType.Int32, int.MinValue, int.MaxValue);
        Check<long>(SampleType.Int64, long.MinValue, long.MaxValue);
        Check<float>(SampleType.Float32, -1.1754944e-38f, float.MaxValue);
        Check<double>(SampleType.Float64, double.Epsilon, double.MaxValue);
    }

    [Fact]
    public void A_rewritten_map_does_not_keep_the_class_names_of_the_old_one()
    {
        ClassMap();
        string path = Noise("map.tif", 40, 40);
        using var raster = Raster.Open(path);
        Assert.Null(raster.CategoryNames);
        Assert.Equal(["map.tif"], Names());
    }

    private static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed (Debian: gdal-bin).");
            throw;
        }
    }

    private void Check<T>(SampleType type, T low, T high)
        where T : unmanaged, INumber<T>
    {
        T[] values = [.. Enumerable.Range(0, 2 * 9 * 11).Select(i => i % 3 == 0 ? low : i % 3 == 1 ? high : T.CreateTruncating(i))];
        string path = Put($"{type}.tif", new RasterSpec { Width = 11, Height = 9, Bands = 2, Type = type }, values);
        using var raster = Raster.Open(path);
        Assert.All(raster.BandTypes, t => Assert.Equal(type, t));
        Assert.Equal(values, raster.ReadArray<T>());
    }
}
