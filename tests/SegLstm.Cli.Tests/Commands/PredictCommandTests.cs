using SegLstm.Data.Rasters;
using SegLstm.Models;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Cli.Tests.Commands;

public sealed class PredictCommandTests : IDisposable
{
    private const int Width = 420, Height = 260, Seam = 230;

    private static readonly GeoTransform Grid = new(500_000, 30, 0, 20_000, 0, -30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seglstm-predict-");
    private readonly string _checkpoint, _scene, _left, _right;

    public PredictCommandTests()
    {
        (_checkpoint, _scene, _left, _right) = (In("model.safetensors"), In("scene.tif"), In("left.tif"), In("right.tif"));
        using var scope = NewDisposeScope();
        manual_seed(3);
        using Segmenter model = Catalog.Create("seglstm_nano", classes: 3, channels: 3, imageSize: 64);
        ModelCheckpoint.Save(_checkpoint, model, new ModelCard
        {
            Model = "seglstm_nano", ImageSize = 64, Bands = ["red", "green", "blue"], Mean = [127, 127, 127], Std = [64, 64, 64],
            ClassNames = ["water", "forest", "town"], Palette = ["#0000FF", "#00FF00", "#FF0000"], Dataset = "test",
            DisplayBands = [0, 1, 2],
        });
        Tensor pixels = randint(1, 255, [3, Height, Width]).to_type(ScalarType.Byte);
        pixels.narrow(1, 100, 60).narrow(2, 100, 90).zero_();
        Write(_scene, pixels, 0);
        Write(_left, pixels.narrow(2, 0, Seam + 40), 0);
        Write(_right, pixels.narrow(2, Seam, Width - Seam), Seam);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Two_pieces_of_a_scene_make_the_map_of_the_scene_and_polygons_overviews_and_speeds_are_there()
    {
        SeglstmProcess whole = SeglstmProcess.Run(
            "predict", "-c", _checkpoint, "-i", _scene, "-o", In("whole.tif"), "--overlap", "8", "--polygons", In("classes.gpkg"), "--cog");
        Assert.True(whole.ExitCode == 0, whole.Error);
        Assert.Matches(@"classes\.gpkg \(\d+ polygons\)", whole.Output);
        Assert.Matches(@"[\d.]+ megapixels a second, the model alone [\d.]+: [\d.]+ % of the time", whole.Output);
        Assert.True(new FileInfo(In("classes.gpkg")).Length > 0);

        SeglstmProcess pieces = SeglstmProcess.Run(
            "predict", "-c", _checkpoint, "-i", _right, _left, "-o", In("pieces.tif"), "--overlap", "8", "--cog", "--resume");
        Assert.True(pieces.ExitCode == 0, pieces.Error);
        Assert.Contains("2 rasters, the first on top, 0 warped", pieces.Output);
        Assert.Equal(File.ReadAllBytes(In("whole.tif")), File.ReadAllBytes(In("pieces.tif")));

        using Raster map = Raster.Open(In("whole.tif"));
        Assert.Equal(Grid, map.GeoTransform);
        byte[] classes = map.ReadArray<byte>();
        for (int p = 0; p < classes.Length; p++)
        {
            bool hole = p / Width is >= 100 and < 160 && p % Width is >= 100 and < 190;
            Assert.Equal(hole, classes[p] == 255);
        }
    }

    [Fact]
    public void A_mapping_that_is_killed_and_gone_on_with_ends_in_the_same_bytes()
    {
        SeglstmProcess soak = SeglstmProcess.Run("soak", "scene", "--kills", "2", "--seed", "2");
        Assert.True(soak.ExitCode == 0, soak.Output + soak.Error);
        Assert.Contains("killed 2 times", soak.Output);
        Assert.Contains(", 0 not the same to the bit", soak.Output);
    }

    [Theory]
    [InlineData("--crs 32618", "--crs 32618: expected EPSG: and a number")]
    [InlineData("--resolution -3", "--resolution -3: expected a number above 0")]
    [InlineData("--polygons map.shp", "a name that ends in .gpkg")]
    public void Options_that_cannot_be_used_get_a_clear_line(string options, string told) => Assert.Contains(told,
        SeglstmProcess.Run(["predict", "-c", _checkpoint, "-i", _scene, "-o", In("map.tif"), .. options.Split(' ')]).FailureLine());

    [Fact]
    public void A_virtual_raster_is_refused()
    {
        string path = In("scene.vrt");
        File.WriteAllText(path,
            $"<VRTDataset rasterXSize=\"{Width}\" rasterYSize=\"{Height}\"><VRTRasterBand dataType=\"Byte\" band=\"1\"/></VRTDataset>");
        SeglstmProcess run = SeglstmProcess.Run("predict", "-c", _checkpoint, "-i", _scene, path, "-o", In("map.tif"));
        Assert.Contains("scene.vrt", run.FailureLine());
        Assert.False(Path.Exists(In("map.tif")) || Path.Exists(In("map.tif.strips")));
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static void Write(string path, Tensor pixels, int left) => RasterWriter.WriteGeoTiff(path, new RasterSpec
    {
        Width = (int)pixels.shape[2], Height = Height, Bands = 3, NoData = 0, GeoTransform = Grid.Shift(left, 0),
        Projection = Utm18.Wkt,
    }, pixels.contiguous());
}
