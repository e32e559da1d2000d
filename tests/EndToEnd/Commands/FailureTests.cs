using SegLstm.Cli.Tests;
using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.EndToEnd.Commands;

/// <summary>What people get wrong is one line on standard error that says what to do, and exit code 1.</summary>
public class FailureTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_missing_file_is_named_with_the_nearest_one() => Fails(
        ["predict", "-c", model.Checkpoint, "-i", model.File("scne.tif")], "there is no such file (did you mean 'scene.tif'?)");

    [Fact]
    public void A_folder_in_place_of_a_file_is_named() =>
        Fails(["predict", "-c", model.Folder, "-i", model.Image], "is a folder");

    [Fact]
    public void A_checkpoint_that_is_no_safetensors_file_is_refused() =>
        Fails(["predict", "-c", model.Image, "-i", model.Image], "scene.tif");

    [Fact]
    public void A_truncated_checkpoint_is_refused()
    {
        byte[] whole = File.ReadAllBytes(model.Checkpoint);
        File.WriteAllBytes(model.File("short.safetensors"), whole[..(whole.Length / 2)]);
        Fails(["evaluate", "-c", model.File("short.safetensors")], "short.safetensors");
    }

    [Fact]
    public void A_truncated_image_is_refused_and_no_map_is_left()
    {
        byte[] whole = File.ReadAllBytes(model.Image);
        File.WriteAllBytes(model.File("short.tif"), whole[..(whole.Length / 2)]);
        Fails(["predict", "-c", model.Checkpoint, "-i", model.File("short.tif"), "-o", model.File("short-map.tif")], "short.tif");
        Assert.Empty(Directory.GetFiles(model.Folder, "*short-map*"));
    }

    [Fact]
    public void A_file_that_is_no_image_is_refused()
    {
        File.WriteAllText(model.File("note.tif"), "not an image");
        Fails(["predict", "-c", model.Checkpoint, "-i", model.File("note.tif")], "note.tif");
    }

    // So that somebody who waits for a large one knows what for, and within a second.
    [Fact]
    public void What_is_to_be_trained_is_said_before_the_scene_is_read_or_a_model_made()
    {
        File.WriteAllText(model.File("broken.tif"), "not an image");
        SeglstmProcess run = SeglstmProcess.Run("train", "--image", model.File("broken.tif"), "--labels", model.Labels, "--classes",
            "a,b", "--iterations", "7");
        Assert.Contains("broken.tif", run.FailureLine());
        Assert.StartsWith("training seglstm_nano on broken: 7 steps of 16 crops of 16 x 16, adamw at 0.004, seed 0\n", run.Output);
    }

    [Fact]
    public void An_unknown_model_is_named_with_the_nearest_ones() => Fails(
        ["train", "--model", "seglstm_nanno", "--image", model.Image, "--labels", model.Labels, "--classes", "a,b"],
            "no model 'seglstm_nanno'", "seglstm_nano");

    [Fact]
    public void An_unknown_dataset_is_named_with_the_nearest_one() => Fails(
        ["train", "--data", "olynda", "--out", model.File("x")], "no dataset 'olynda' (did you mean 'olinda'?)");

    [Fact]
    public void Details_of_an_unknown_dataset_are_refused_with_the_nearest() =>
        Fails(["data", "olynda"], "there is no dataset 'olynda' (did you mean 'olinda'?)");

    [Fact]
    public void A_label_out_of_range_is_named_with_its_value_and_place()
    {
        using Tensor label = zeros(TrainedModel.Height, TrainedModel.Width, dtype: ScalarType.Byte);
        label[7, 33] = (byte)9;
        RasterWriter.WriteGeoTiff(
            model.File("wrong.tif"), new RasterSpec { Width = TrainedModel.Width, Height = TrainedModel.Height }, label);
        string[] files = ["--image", model.Image, "--labels", model.File("wrong.tif"), "--classes", "plain,bright"];
        Fails(["train", .. files, "--out", model.File("x")], "label 9 at column 33, row 7", "expected 0 to 1");
        Fails(["evaluate", "-c", model.Checkpoint, .. files], "label 9 at column 33, row 7");
    }

    [Fact]
    public void Labels_of_another_size_are_refused_with_both_sizes()
    {
        using Tensor label = zeros(5, 6, dtype: ScalarType.Byte);
        RasterWriter.WriteGeoTiff(model.File("small.tif"), new RasterSpec { Width = 6, Height = 5 }, label);
        Fails(["train", "--image", model.Image, "--labels", model.File("small.tif"), "--classes", "a,b"], "6x5", "70x58");
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused_before_any_work() => Fails(
        ["predict", "-c", model.Checkpoint, "-i", model.Image, "-o", Path.Combine(model.Image, "map.tif")], "--out",
            "cannot be written");

    [Fact]
    public void A_run_folder_that_cannot_be_made_is_refused() => Fails(
        ["train", "--image", model.Image, "--labels", model.Labels, "--classes", "a,b", "--out",
            Path.Combine(model.Image, "run")], "--out", "cannot be written");

    [Theory]
    [InlineData("1,2", "names 2 bands")]
    [InlineData("1,2,4", "'4' is no band")]
    [InlineData("1,two,3", "'two' is no band")]
    public void Bands_that_do_not_fit_are_refused(string bands, string message) => Fails(
        ["predict", "-c", model.Checkpoint, "-i", model.Image, "--bands", bands], message);

    [Fact]
    public void An_image_with_other_bands_than_the_model_takes_asks_for_a_choice() => Fails(
        ["predict", "-c", model.Checkpoint, "-i", model.Labels], "has 1 bands, the model takes 3", "--bands");

    [Theory]
    [InlineData("--overlap", "16", "expected 0 to 15")]
    [InlineData("--split", "tset", "expected train, validation, test, all (did you mean 'test'?)")]
    [InlineData("--threads", "0", "expected at least 1")]
    public void Values_out_of_range_are_refused_with_what_is_expected(string option, string value, string message) => Fails(
        ["evaluate", "-c", model.Checkpoint, "--image", model.Image, "--labels", model.Labels, option, value], message);

    [Fact]
    public void All_faults_of_a_recipe_are_named_at_once() => Fails(
        ["train", "--lr", "-1", "--batch", "0", "--weight-decay", "-3"], "LearningRate", "BatchSize", "WeightDecay");

    [Fact]
    public void A_parity_folder_that_is_not_there_or_empty_fails()
    {
        Fails(["parity", model.File("nothing")], "there is no folder");
        Directory.CreateDirectory(model.File("empty"));
        Assert.Equal(1, SeglstmProcess.Run("parity", model.File("empty")).ExitCode);
    }

    private static void Fails(string[] arguments, params string[] parts)
    {
        string line = SeglstmProcess.Run(arguments).FailureLine();
        Assert.All(parts, part => Assert.Contains(part, line));
    }
}
