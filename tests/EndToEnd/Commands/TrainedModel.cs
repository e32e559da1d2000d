using SegLstm.Cli.Tests;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.EndToEnd.Commands;

/// <summary>A small scene in files, and a model that the real command trained on it, for all tests of a class.</summary>
public sealed class TrainedModel : IDisposable
{
    public const int Width = 70, Height = 58;

    public static readonly GeoTransform Grid = new(300_000, 10, 0, 9_120_000, 0, -10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seglstm-commands-");

    public TrainedModel()
    {
        Write();
        Training = Train(Path.Combine(_folder.FullName, "run"), 12);
        Assert.True(Training.ExitCode == 0, Training.Error);
    }

    public string Folder => _folder.FullName;

    public string Image => File("scene.tif");

    public string Labels => File("labels.tif");

    public string Checkpoint => Path.Combine(Folder, "run", "best.safetensors");

    internal SeglstmProcess Training { get; }

    public string File(string name) => Path.Combine(Folder, name);

    internal SeglstmProcess Train(string run, int iterations, params string[] more) => SeglstmProcess.Run(
    [
        "train", "--image", Image, "--labels", Labels, "--classes", "plain,bright", "--out", run, "--iterations", $"{iterations}",
            "--batch", "4",
        "--size", "16", "--block", "12", "--validate-every", "6", "--threads", "1", .. more,
    ]);

    public void Dispose() => _folder.Delete(recursive: true);

    // A bright disc on a plain, in three bands under noise.
    private void Write()
    {
        using var scope = NewDisposeScope();
        Tensor rows = arange(Height).unsqueeze(1) - Height / 2, columns = arange(Width).unsqueeze(0) - Width / 2;
        Tensor label = (rows * rows + columns * columns).lt(400).to_type(ScalarType.Byte);
        Tensor image = (label * 60 + 80).unsqueeze(0).expand(3, Height, Width).to_type(ScalarType.Float32)
            + 8 * randn([3, Height, Width], generator: new Generator(2));
        label[0, 0] = 255;
        RasterWriter.WriteGeoTiff(
            Image, new RasterSpec { Width = Width, Height = Height, Bands = 3, GeoTransform = Grid },
            image.clamp(1, 255).to_type(ScalarType.Byte));
        RasterWriter.WriteGeoTiff(Labels, new RasterSpec { Width = Width, Height = Height, GeoTransform = Grid }, label);
    }
}
