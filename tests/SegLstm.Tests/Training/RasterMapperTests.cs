using System.Diagnostics;
using System.Text.Json;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class RasterMapperTests
{
    private const int Width = 91, Height = 53;

    private static readonly GeoTransform Grid = new(300_000, 28.5, 0, 9_120_000, 0, -28.5);

    private static readonly ModelCard Card = new()
    {
        Model = "threshold", ImageSize = 16, Bands = ["red", "green"], Mean = [100, 50], Std = [10, 5],
        ClassNames = ["dark", "bright"], Palette = ["#0072B2", "#F0E442"], Dataset = "none", DisplayBands = [0, 1, 0],
    };

    [Fact]
    public void A_map_lies_on_the_source_s_grid_and_says_what_a_threshold_says()
    {
        using var folder = new TemporaryFolder();
        byte[] samples = Source(folder.File("scene.tif"));
        using RasterMap map = Map(folder, [2, 0]);
        using Raster written = Raster.Open(folder.File("map.tif"));
        Assert.Equal((Width, Height, 1), (written.Width, written.Height, written.Bands));
        Assert.Equal(Grid, written.GeoTransform);
        Assert.Equal(255, written.NoData);
        Assert.Equal(["dark", "bright"], written.CategoryNames!.Take(2));
        Assert.Equal(new Rgb(0xF0, 0xE4, 0x42), written.ColorTable![1]);

        byte[] classes = written.ReadArray<byte>();
        long[] counts = new long[3];
        for (int p = 0; p < classes.Length; p++)
        {
            int first = samples[2 * classes.Length + p], second = samples[p];
            bool empty = p == 17;
            byte expected = empty ? (byte)255 : (byte)((first - 100) / 10.0 + (second - 50) / 5.0 > 0 ? 1 : 0);
            Assert.Equal(expected, classes[p]);
            counts[empty ? 2 : expected]++;
        }

        Assert.Equal(counts[..2], map.Pixels);
        Assert.Equal(counts[2], map.NoData);
        Assert.Equal(1, map.Step);
        Assert.Equal(classes, map.Labels.data<byte>().ToArray());
        using Raster scene = Raster.Open(folder.File("scene.tif"));
        using Tensor picture = RasterMapper.Picture(new RasterBands(scene, [2, 0]), 2);
        Assert.Equal([2, (Height + 1) / 2, (Width + 1) / 2], picture.shape);
        Assert.Equal(samples[(2 * classes.Length) + (4 * Width) + 6], picture[0, 2, 3].item<float>());
    }

    [Fact]
    public void Gdalinfo_reads_the_same_size_grid_colours_and_nodata()
    {
        using var folder = new TemporaryFolder();
        Source(folder.File("scene.tif"));
        Map(folder, [2, 0]).Dispose();
        Process? process = null;
        try
        {
            process = Process.Start(
                new ProcessStartInfo("gdalinfo", ["-json", folder.File("map.tif")]) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("gdalinfo is not installed (Debian package gdal-bin).");
        }

        using JsonDocument info = JsonDocument.Parse(process!.StandardOutput.ReadToEnd());
        JsonElement root = info.RootElement;
        Assert.Equal([Width, Height], root.GetProperty("size").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal([300_000, 28.5, 0, 9_120_000, 0, -28.5],
            root.GetProperty("geoTransform").EnumerateArray().Select(e => e.GetDouble()));
        JsonElement band = root.GetProperty("bands")[0];
        Assert.Equal("Byte", band.GetProperty("type").GetString());
        Assert.Equal("Palette", band.GetProperty("colorInterpretation").GetString());
        Assert.Equal(255, band.GetProperty("noDataValue").GetDouble());
        Assert.Equal([0, 0x72, 0xB2, 255],
            band.GetProperty("colorTable").GetProperty("entries")[0].EnumerateArray().Select(e => e.GetInt32()));
    }

    [Fact]
    public void Bands_that_do_not_fit_are_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        Source(folder.File("scene.tif"));
        Assert.Contains("no band 4", Assert.Throws<ArgumentException>(() => Map(folder, [0, 3])).Message);
        Assert.Contains("red, green", Assert.Throws<ArgumentException>(() => Map(folder, [0])).Message);
        Assert.False(File.Exists(folder.File("map.tif")));
    }

    [Fact]
    public void A_cancelled_map_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        Source(folder.File("scene.tif"));
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Map(folder, [0, 1], (_, _) => stop.Cancel(), stop.Token));
        Assert.Equal([folder.File("scene.tif")],
            Directory.GetFiles(folder.Path).Where(f => !f.EndsWith(".xml", StringComparison.Ordinal)));
    }

    // Bright where the standardised bands sum to more than 0.
    private static RasterMap Map(
        TemporaryFolder folder, int[] bands, Action<long, long>? progress = null, CancellationToken stop = default)
    {
        using var model = nn.Conv2d(2, 2, 1);
        using (no_grad())
        {
            model.weight.copy_(tensor(new float[] { 0, 0, 1, 1 }).view(2, 2, 1, 1));
            model.bias!.zero_();
        }

        using Raster source = Raster.Open(folder.File("scene.tif"));
        return new RasterMapper(new Predictor(model, 2, 16, 4), Card).Map(
            new RasterBands(source, bands), folder.File("map.tif"), null, progress, stop);
    }

    private static byte[] Source(string path)
    {
        byte[] samples = new byte[3 * Width * Height];
        new Random(3).NextBytes(samples);
        for (int p = 0; p < samples.Length; p++)
        {
            // No accidental 0, which means no data.
            samples[p] = (byte)Math.Clamp((int)samples[p], 1, 254);
        }

        foreach (int band in new[] { 0, 1, 2 }) samples[band * Width * Height + 17] = 0;
        using RasterWriter writer = RasterWriter.Create(path, new RasterSpec
        {
            Width = Width, Height = Height, Bands = 3, GeoTransform = Grid, NoData = 0,
        });
        writer.Write<byte>(samples, new Window(0, 0, Width, Height));
        writer.Commit();
        return samples;
    }
}
