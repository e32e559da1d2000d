using SegLstm.Data.Rasters;
using SegLstm.Heads;
using SegLstm.Language.Glove;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Cli.Tests.Commands;

public sealed class SegmentCommandTests : IDisposable
{
    private static readonly GeoTransform Grid = new(500_000, 30, 0, 9_100_000, 0, -30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seglstm-segment-");
    private readonly string _checkpoint, _image;

    public SegmentCommandTests()
    {
        (_checkpoint, _image) = (In("words.safetensors"), In("image.tif"));
        using var scope = NewDisposeScope();
        using var encoder = GloveEncoder.Installed();
        manual_seed(3);
        var head = new LanguageHeadConfig { Features = 8 };
        using Segmenter model = LSegModels.Create("seglstm_nano", encoder.Width, 2, 3, 16, head);
        ((LanguageHead)model.Head).SetTexts(encoder.Encode(["water", "forest"]));
        ModelCheckpoint.Save(_checkpoint, model, new ModelCard
        {
            Model = "seglstm_nano", ImageSize = 16, Bands = ["red", "green", "blue"], Mean = [127, 127, 127], Std = [64, 64, 64],
            ClassNames = ["water", "forest"], Palette = ["#0000FF", "#00FF00"], Dataset = "test", DisplayBands = [0, 1, 2],
            Language = new LanguageCard { Encoder = encoder.Name, EncoderIdentity = encoder.Identity, TextWidth = encoder.Width, Head = head },
        });
        RasterWriter.WriteGeoTiff(_image,
            new RasterSpec
            {
                Width = 40, Height = 30, Bands = 3, GeoTransform = Grid, Projection = Utm18.Wkt,
            },
            randint(0, 255, [3, 30, 40]).to_type(ScalarType.Byte));
    }

    [Fact]
    public void Any_words_make_a_map_with_a_legend_shares_and_the_images_place()
    {
        SeglstmProcess run = SeglstmProcess.Run(
            "segment", _image, "--labels", "tree, river, built or bare, other", "-c", _checkpoint, "-o", In("map.tif"), "--overlay", In("map.png"));
        Assert.True(run.ExitCode == 0, run.Error);
        foreach (string label in new[] { "tree", "river", "built or bare", "other" }) Assert.Contains(label, run.Output);
        using Raster map = Raster.Open(In("map.tif"));
        Assert.Equal((40, 30), (map.Width, map.Height));
        Assert.Equal(["tree", "river", "built or bare", "other"], map.CategoryNames!.Take(4));
        Assert.Equal(30, map.GeoTransform!.Value.PixelWidth);
        Assert.All(map.ReadArray<byte>(), label => Assert.InRange(label, 0, 3));
        Assert.True(new FileInfo(In("map.png")).Length > 0);
    }

    [Fact]
    public void Two_pieces_of_an_image_make_the_map_of_the_image()
    {
        Piece("east.tif", 18, 22);
        Piece("west.tif", 0, 25);
        SeglstmProcess whole = SeglstmProcess.Run("segment", _image, "--labels", "water, other", "-c", _checkpoint, "-o", In("whole.tif"));
        Assert.True(whole.ExitCode == 0, whole.Error);
        SeglstmProcess pieces = SeglstmProcess.Run(
            "segment", In("east.tif"), In("west.tif"), "--labels", "water, other", "-c", _checkpoint, "-o", In("pieces.tif"));
        Assert.True(pieces.ExitCode == 0, pieces.Error);
        Assert.Contains("2 rasters, the first on top, 0 warped", pieces.Output);
        Assert.Equal(File.ReadAllBytes(In("whole.tif")), File.ReadAllBytes(In("pieces.tif")));
    }

    [Theory]
    [InlineData("water, tree,Water", "stands twice")]
    [InlineData("water,,tree", "is empty")]
    [InlineData("", "no label")]
    [InlineData("water, vegetatoin", "vegetation")]
    public void Labels_that_make_no_map_get_a_clear_line(string labels, string told)
    {
        string line = SeglstmProcess.Run("segment", _image, "--labels", labels, "-c", _checkpoint, "-o", In("map.tif")).FailureLine();
        Assert.Contains(told, line);
        Assert.False(File.Exists(In("map.tif")));
    }

    [Fact]
    public void Training_with_words_gives_a_checkpoint_that_segments()
    {
        using (var scope = NewDisposeScope())
        {
            RasterWriter.WriteGeoTiff(In("labels.tif"), new RasterSpec { Width = 40, Height = 30, Bands = 1 },
                randint(0, 2, [1, 30, 40]).to_type(ScalarType.Byte));
        }

        SeglstmProcess trained = SeglstmProcess.Run(
            "train", "--image", _image, "--labels", In("labels.tif"), "--classes", "water,forest", "--words", "glove", "--iterations", "2",
            "--batch", "2", "--size", "16", "--block", "10", "--out", In("run"));
        Assert.True(trained.ExitCode == 0, trained.Error);
        SeglstmProcess run = SeglstmProcess.Run(
            "segment", _image, "--labels", "sea; trees, green", "-c", In("run/best.safetensors"), "-o", In("again.tif"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("trees, green", run.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Piece(string name, int left, int width)
    {
        using Raster image = Raster.Open(_image);
        using Tensor pixels = image.Read(new Window(left, 0, width, image.Height));
        RasterWriter.WriteGeoTiff(In(name), new RasterSpec
        {
            Width = width, Height = image.Height, Bands = 3, GeoTransform = Grid.Shift(left, 0), Projection = Utm18.Wkt,
        }, pixels);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
