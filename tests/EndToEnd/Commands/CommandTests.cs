using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SegLstm.Cli.Tests;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.EndToEnd.Commands;

public class CommandTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Training_says_first_what_it_will_do_then_how_it_goes_in_plain_lines()
    {
        string output = model.Training.Output;
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\r', output);
        Assert.Matches(@"^training seglstm_nano on scene: 12 steps of 4 crops of 16 x 16, adamw at 0\.004, seed 0, into .*\n"
            + @"seglstm_nano learns scene: 70 x 58 pixels, 3 bands, 2 classes\n[\d.]+ [kM] parameters, .* "
            + "multiply-adds an image, cpu with 1 thread, 12 steps of 4", output);
        Assert.Contains("step 6: validation mIoU", output);
        Assert.Matches(@"training 12/12  loss \d\.\d{4}, took", output);
        Assert.Contains("IoU bright", output);
        Assert.Empty(model.Training.Error);
    }

    [Fact]
    public void A_run_repeats_to_the_last_byte_of_its_checkpoint()
    {
        foreach (string name in new[] { "a", "b" }) Assert.Equal(0, model.Train(model.File(name), 3, "--seed", "5").ExitCode);
        Assert.Equal(File.ReadAllBytes(Path.Combine(model.File("a"), "last.safetensors")),
            File.ReadAllBytes(Path.Combine(model.File("b"), "last.safetensors")));
    }

    [Fact]
    public void Evaluate_needs_only_the_checkpoint_and_the_scene_and_counts_every_labelled_pixel()
    {
        SeglstmProcess run = SeglstmProcess.Run(
            "evaluate", "-c", model.Checkpoint, "--image", model.Image, "--labels", model.Labels, "--split", "all");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"scene, all labelled pixels: {TrainedModel.Width * TrainedModel.Height - 1} pixels", run.Output);
        Assert.Matches(@"mean IoU +\| +\d+\.\d\d", run.Output);
    }

    [Fact]
    public void Baselines_are_measured_on_the_pixels_that_the_model_is_measured_on()
    {
        SeglstmProcess run = SeglstmProcess.Run(
            "evaluate", "-c", model.Checkpoint, "--image", model.Image, "--labels", model.Labels, "--baselines");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("scene, test blocks:", run.Output);
        foreach (string name in new[] { "majority class", "9 nearest neighbours" }) Assert.Contains(name, run.Output);
    }

    [Fact]
    public void Predict_writes_a_map_on_the_source_s_grid_that_gdalinfo_reads_and_a_picture()
    {
        string map = model.File("map.tif"), picture = model.File("map.png");
        SeglstmProcess run = SeglstmProcess.Run(
            "predict", "-c", model.Checkpoint, "-i", model.Image, "-o", map, "--overlay", picture);
        Assert.True(run.ExitCode == 0, run.Error);
        using (Raster written = Raster.Open(map))
        {
            Assert.Equal((TrainedModel.Width, TrainedModel.Height, 1), (written.Width, written.Height, written.Bands));
            Assert.Equal(TrainedModel.Grid, written.GeoTransform);
            Assert.Equal(["plain", "bright"], written.CategoryNames!.Take(2));
            Assert.All(written.ReadArray<byte>(), value => Assert.InRange(value, 0, 1));
        }

        using (Raster overlay = Raster.Open(picture)) Assert.Equal(3, overlay.Bands);

        if (!Installed("gdalinfo")) Assert.Skip("gdalinfo is not installed (Debian package gdal-bin).");
        using Process process = Process.Start(
            new ProcessStartInfo("gdalinfo", ["-json", map]) { RedirectStandardOutput = true })!;
        using JsonDocument info = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        Assert.Equal([300_000, 10, 0, 9_120_000, 0, -10],
            info.RootElement.GetProperty("geoTransform").EnumerateArray().Select(e => e.GetDouble()));
        Assert.Equal("Palette", info.RootElement.GetProperty("bands")[0].GetProperty("colorInterpretation").GetString());
    }

    [Fact]
    public void A_termination_signal_ends_training_between_two_steps_and_keeps_the_weights()
    {
        string run = model.File("interrupted");
        string command = Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll");
        var start = new ProcessStartInfo(
            "dotnet", [command, "train", "--image", model.Image, "--labels", model.Labels, "--classes", "plain,bright",
            "--out", run, "--iterations", "100000", "--batch", "2", "--size", "16", "--block", "12", "--validate-every",
                "100000"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("loss", StringComparison.Ordinal))
        {
        }

        // Not INT: what a shell starts in the background does not hear it, nor do the processes of such a test.
        Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        string error = process.StandardError.ReadToEnd();
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("stopping after this step", error);
        Assert.Equal(0, SeglstmProcess.Run(
            "predict", "-c", Path.Combine(run, "last.safetensors"), "-i", model.Image, "-o", model.File("early.tif")).ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_a_terminal_a_bar_is_drawn_instead_of_lines_and_in_colour_unless_told_otherwise(bool noColour)
    {
        Assert.SkipUnless(
            CanMakeTerminal(), "script can make no terminal here: Debian's bsdutils is not installed, or /dev/pts is not mounted.");
        string command = string.Join(
            ' ', "dotnet", Path.Combine(AppContext.BaseDirectory, "SegLstm.Cli.dll"), "predict", "-c", model.Checkpoint, "-i",
            model.Image, "-o", model.File($"terminal{noColour}.tif"));
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        if (noColour) start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("100%", output);
        Assert.Contains("\u001b[", output);
        Assert.DoesNotMatch(@"windows \d+/\d+", output);
        Assert.Equal(!noColour, output.Contains("\u001b[38;5;", StringComparison.Ordinal));
    }

    private static bool Installed(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool CanMakeTerminal()
    {
        try
        {
            using Process probe = Process.Start(new ProcessStartInfo("script", ["-qec", "true", "/dev/null"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
