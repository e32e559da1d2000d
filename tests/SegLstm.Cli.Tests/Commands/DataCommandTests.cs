using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Hyperspectral.Synthetic;
using SegLstm.Data.Rasters;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm data` with hyperspectral files and scenes, as a user types it.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void A_file_is_shown_with_its_faults_drawn_and_converted()
    {
        var scene = new SyntheticHyperspectral { Height = 24, Width = 30, Bands = 9, Classes = 3, FieldSize = 8 }.Generate();
        for (int pixel = 0; pixel < scene.Pixels; pixel++) scene.Samples[(pixel * 9) + 4] = 1;
        HyperspectralWriter.Write(scene, At("scene.tif"));
        HyperspectralWriter.WriteLabels(scene, At("truth.tif"));
        var run = SeglstmProcess.Run("data", At("scene.tif"), "--labels", At("truth.tif"), "--picture", At("scene.png"), "--to",
            At("copy.tif"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("scene scene: 24 x 30 pixels, 9 bands, 400 to 1000 nm", run.Output);
        Assert.Contains("constant bands: 5", run.Output);
        Assert.Matches(@"1 class 1 +\| +\d+ \|", run.Output);
        using (Raster picture = Raster.Open(At("scene.png"))) Assert.True(picture.Width >= 30 && picture.Bands == 3);
        Assert.Equal(scene.Samples, HyperspectralFile.Read(At("copy.tif")).Samples);
        using Raster labels = Raster.Open(At("copy_labels.tif"));
        Assert.Equal(scene.Labels, labels.ReadArray<byte>());
    }

    [Fact]
    public void The_catalog_tells_what_a_scene_needs_and_options_that_mean_nothing_are_refused()
    {
        Assert.Contains("paviau", SeglstmProcess.Run("data").Output);
        var run = SeglstmProcess.Run("data", "houston2013");
        Assert.Contains("Samples_TR.txt", run.Output);
        Assert.Contains("unverified", run.Output);
        Assert.Contains("--folder", SeglstmProcess.Run("data", "paviau", "--to", At("x.tif")).FailureLine());
        Assert.Contains("looked for PaviaU.mat", SeglstmProcess.Run("data", "paviau", "--folder", folder.FullName).FailureLine());
        Assert.Contains("--picture is for a hyperspectral file", SeglstmProcess.Run("data", "olinda", "--picture",
            At("x.png")).FailureLine());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(folder.FullName, name);
}
