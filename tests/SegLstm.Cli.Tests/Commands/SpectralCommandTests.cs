using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Hyperspectral.Synthetic;
using SegLstm.Data.Rasters;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Experiments.Records;
using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Cli.Tests.Commands;

public class SpectralCommandTests
{
    [Fact]
    public void Models_stand_beside_what_is_published_of_them()
    {
        SeglstmProcess run = SeglstmProcess.Run("spectral", "models");
        Assert.Equal(0, run.ExitCode);
        string[] cells = [.. run.Output.Split('\n').Single(line => line.Contains("spectralformer_patch"))
            .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(["74.03", "685.89", "74.03", "685.89"], cells[3..7]);
        Assert.Contains("reconstruction", run.Output);
    }

    [Fact]
    public void Other_bands_have_no_published_counts()
    {
        SeglstmProcess run = SeglstmProcess.Run("spectral", "models", "--bands", "48", "--classes", "12");
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("published K", run.Output);
        Assert.Contains("--bands", SeglstmProcess.Run("spectral", "models", "--bands", "0").FailureLine());
    }

    [Fact]
    public void Methods_are_compared_on_a_scene_and_the_tables_are_written()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"seglstm-spectral-{Guid.NewGuid():N}");
        try
        {
            SeglstmProcess run = SeglstmProcess.Run(
                "spectral", "compare", "synthetic", "--methods", "neighbours,mlp_pixel", "--shares", "0.002", "--draws", "2",
                "--epochs", "3", "--out", folder);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("disjoint", run.Output);
            Assert.Equal(1 + (2 * 2 * 2), File.ReadLines(Path.Combine(folder, "scores.csv")).Count());
            Assert.Contains("mlp_pixel", File.ReadAllText(Path.Combine(folder, "comparison.csv")));
            Assert.Contains("disjoint", File.ReadAllText(Path.Combine(folder, "comparison.md")));

            string scores = File.ReadAllText(Path.Combine(folder, "scores.csv"));
            SeglstmProcess later = SeglstmProcess.Run(
                "spectral", "compare", "synthetic", "--methods", "neighbours,mlp_pixel,svm", "--shares", "0.002", "--draws", "2",
                "--epochs", "3", "--out", folder);
            Assert.Equal(0, later.ExitCode);
            Assert.StartsWith(scores, File.ReadAllText(Path.Combine(folder, "scores.csv")), StringComparison.Ordinal);
            Assert.Contains("SVM", File.ReadAllText(Path.Combine(folder, "comparison.md")));
            Assert.Contains("other settings", SeglstmProcess.Run(
                "spectral", "compare", "synthetic", "--methods", "svm", "--epochs", "4", "--out", folder).FailureLine());
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_network_that_was_trained_maps_a_file_of_its_scene_and_refuses_another_sensor()
    {
        string folder = Directory.CreateTempSubdirectory("seglstm-spectral-").FullName;
        string At(string name) => Path.Combine(folder, name);
        try
        {
            SeglstmProcess train = SeglstmProcess.Run(
                "spectral", "train", "synthetic", "--preset", "spectralmamba-synthetic", "--set", "model=mlp_pixel", "--set", "split=random",
                "--set", "training.epochs=20", "--out", At("model.safetensors"));
            Assert.True(train.ExitCode == 0, train.Error);
            (PixelClassifier model, PixelModelCard card) = PixelCheckpoint.Load(At("model.safetensors"));
            model.Dispose();
            var recipe = RecordYaml.Read<PixelRecipe>(card.Recipe!, "the card");
            Assert.Equal(("mlp_pixel", "random", 0.01, 20), (recipe.Model, recipe.Split, recipe.Share, recipe.Training.Epochs));
            Assert.Matches(@"OA \d", train.Output);
            var scene = new SyntheticHyperspectral().Generate();
            HyperspectralWriter.Write(scene, At("scene.tif"));
            SeglstmProcess map = SeglstmProcess.Run("spectral", "map", At("scene.tif"), "-c", At("model.safetensors"), "--out", At("map.tif"));
            Assert.Equal(0, map.ExitCode);
            using (var written = Raster.Open(At("map.tif")))
            {
                var classes = new byte[scene.Pixels];
                written.Read<byte>(new Window(0, 0, scene.Width, scene.Height), classes);
                int[] labelled = [.. Enumerable.Range(0, scene.Pixels).Where(pixel => scene.Labels[pixel] > 0)];
                double right = labelled.Average(pixel => classes[pixel] == scene.Labels[pixel] - 1 ? 1.0 : 0);
                Assert.InRange(right, 0.5, 1);
            }

            HyperspectralWriter.Write(scene.WithBands([.. Enumerable.Range(0, 40)]), At("other.tif"));
            Assert.Contains("40 bands", SeglstmProcess.Run("spectral", "map", At("other.tif"), "-c", At("model.safetensors")).FailureLine());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("--share", "1", "Share is 1: expected above 0 and below 1")]
    [InlineData("--model", "mlp_pixle", "did you mean 'mlp_pixel'")]
    [InlineData("--preset", "olinda", "is for another command: seglstm train --preset olinda")]
    [InlineData("--set", "epochs=3", "training.epochs")]
    public void What_cannot_be_trained_is_refused_in_words(string option, string value, string part) =>
        Assert.Contains(part, SeglstmProcess.Run("spectral", "train", "synthetic", option, value).FailureLine());

    [Theory]
    [InlineData("houston2013", "--draws", "1", "--folder")]
    [InlineData("synthetic", "--methods", "casrn_patch", "casrnn_patch")]
    [InlineData("synthetic", "--shares", "1", "above 0 and below 1")]
    [InlineData("nothing.mat", "--draws", "1", "no file or scene")]
    public void What_cannot_be_compared_is_refused_in_words(string scene, string option, string value, string part) =>
        Assert.Contains(part, SeglstmProcess.Run("spectral", "compare", scene, option, value).FailureLine());
}
