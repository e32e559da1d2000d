using SegLstm.Data.Rasters;
using SegLstm.Models;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm predict` in several processes.</summary>
public sealed class PredictProcessesTests : IDisposable
{
    private const int Width = 200, Height = 310, Window = 32;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seglstm-");

    public PredictProcessesTests()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using Segmenter model = Catalog.Create("seglstm_nano", classes: 3, channels: 3, imageSize: Window);
        ModelCheckpoint.Save(At("model.safetensors"), model, new ModelCard
        {
            Model = "seglstm_nano", ImageSize = Window, Bands = ["red", "green", "blue"], Mean = [127, 127, 127], Std = [64, 64, 64],
            ClassNames = ["water", "forest", "town"], Palette = ["#0000FF", "#00FF00", "#FF0000"], Dataset = "test",
            DisplayBands = [0, 1, 2],
        });
        using Tensor pixels = randint(1, 255, [3, Height, Width]).to_type(ScalarType.Byte);
        RasterWriter.WriteGeoTiff(At("scene.tif"), new RasterSpec { Width = Width, Height = Height, Bands = 3 }, pixels);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // One of two processes is killed; one alone goes on with what both have kept.
    [Fact]
    public async Task Two_processes_make_the_bytes_of_one_and_a_killed_one_ends_the_other_and_is_gone_on_for()
    {
        SeglstmProcess one = SeglstmProcess.Run(Words("one.tif"));
        Assert.True(one.ExitCode == 0, one.Output + one.Error);
        SeglstmProcess two = SeglstmProcess.Run([.. Words("two.tif"), "--processes", "2"]);
        Assert.True(two.ExitCode == 0, two.Output + two.Error);
        Assert.Contains(", 2 processes together", two.Output);
        Assert.Matches(@"megapixels a second, by 2 processes", two.Output);
        Assert.Equal(File.ReadAllBytes(At("one.tif")), File.ReadAllBytes(At("two.tif")));

        string told = await KilledRank.Of([.. Words("cut.tif"), "--processes", "2"], () => Strips() > 0);
        Assert.Contains("the others have ended. Go on with the strips that are kept by the same command and --resume.", told);
        Assert.True(Strips() > 0);
        Assert.False(File.Exists(At("cut.tif")));

        Assert.Contains("--resume", SeglstmProcess.Run(Words("cut.tif")).FailureLine());
        SeglstmProcess again = SeglstmProcess.Run([.. Words("cut.tif"), "--resume"]);
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Contains("rows are there", again.Output);
        Assert.Equal(File.ReadAllBytes(At("one.tif")), File.ReadAllBytes(At("cut.tif")));
        Assert.False(Directory.Exists(At("cut.tif.strips")));
    }

    private string[] Words(string map) =>
        ["predict", "-c", At("model.safetensors"), "-i", At("scene.tif"), "-o", At(map), "--overlap", "4", "--threads", "1"];

    private int Strips() => Directory.Exists(At("cut.tif.strips")) ? Directory.EnumerateFiles(At("cut.tif.strips"), "row-*").Count() : 0;

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
