using SegLstm.Data.Rasters;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>Whole images with a class each, as a user types it: trained on, resumed, listed, evaluated.</summary>
public sealed class ClassifyCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void Folders_of_pictures_are_trained_on_resumed_listed_and_evaluated_with_throughput_and_cost()
    {
        Fabricate();
        var train = SeglstmProcess.Run("train", "--classify", "folders", "--root", At("pictures"), "--size", "16", "--batch", "4",
            "--iterations", "6", "--warmup", "1", "--lr", "2e-3", "--set", "training.mixing.cutmix_share=0.25", "--out", At("run"));
        Assert.True(train.ExitCode == 0, train.Output + train.Error);
        Assert.Contains("training vil2_nano on folders: 6 steps of 4 images of 16 x 16", train.Output);
        Assert.Contains("12 images train, 4 validate, 0 test; 3 bands, 2 classes; reported on the validation images", train.Output);
        Assert.Contains("validation top-1", train.Output);
        Assert.Matches(@"always 'bright' % +\| +50\.0", train.Output);
        Assert.Contains("cutmix_share: 0.25", File.ReadAllText(At("run/recipe.yaml")));

        // Two processes take the same recipe.
        var two = SeglstmProcess.Run("train", "--config", At("run/recipe.yaml"), "--root", At("pictures"), "--processes", "2", "--threads", "1",
            "--out", At("two"));
        Assert.True(two.ExitCode == 0, two.Output + two.Error);
        Assert.Contains("reported on the validation images", two.Output);
        var resume = SeglstmProcess.Run("train", "--resume", At("run"));
        Assert.True(resume.ExitCode == 0, resume.Output + resume.Error);
        Assert.Contains("finished", SeglstmProcess.Run("runs", "--in", folder.FullName).Output);
        var evaluate = SeglstmProcess.Run("evaluate", "-c", At("run/best.safetensors"), "--split", "train");
        Assert.True(evaluate.ExitCode == 0, evaluate.Output + evaluate.Error);
        Assert.Matches(@"images +\| +12", evaluate.Output);
        foreach (string row in new[] { "top-1 %", "top-5 %", "images a second", "parameters", "multiply-adds an image" })
            Assert.Contains(row, evaluate.Output);
        Assert.Contains("classifies whole images", SeglstmProcess.Run(
            "evaluate", "-c", At("run/best.safetensors"), "--data", "olinda").FailureLine());
    }

    [Fact]
    public void A_wrong_use_is_told_in_a_line()
    {
        Assert.Contains("name it with --root FOLDER", SeglstmProcess.Run("train", "--preset", "vil-tiny-imagenet-e400").FailureLine());
        Assert.Contains("(did you mean 'folders'?)", SeglstmProcess.Run("train", "--classify", "folder", "--root", ".").FailureLine());
        Assert.Contains("vtab has 19 tasks", SeglstmProcess.Run("train", "--preset", "vil-tiny-vtab1k", "--root", ".").FailureLine());
        Assert.Contains("(did you mean 'eurosat'?)",
            SeglstmProcess.Run("train", "--classify", "vtab", "--root", ".", "--task", "eurosta").FailureLine());
        Assert.Contains("has no folder train; it holds nothing. Expected train/nXXXXXXXX",
            SeglstmProcess.Run("train", "--preset", "vil-tiny-imagenet-e400", "--root", folder.FullName, "--out", At("run")).FailureLine());
        Assert.Contains("task after task in one process", SeglstmProcess.Run(
            "train", "--preset", "vil-tiny-vtab1k", "--root", ".", "--task", "all", "--processes", "2").FailureLine());
        Assert.Contains("--task is for classifiers of whole images",
            SeglstmProcess.Run("train", "--data", "olinda", "--task", "svhn").FailureLine());
        Assert.Contains("name whole images with --classify",
            SeglstmProcess.Run("train", "--classify", "olinda", "--data", "olinda").FailureLine());
        Assert.Contains("no classifier of whole images 'seglstm_nano'",
            SeglstmProcess.Run("train", "--classify", "olinda", "--model", "seglstm_nano").FailureLine());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private void Fabricate()
    {
        foreach ((string part, int count) in new[] { ("train", 6), ("val", 2) })
        {
            foreach ((string name, int level) in new[] { ("bright", 200), ("dark", 20) })
            {
                Directory.CreateDirectory(At($"pictures/{part}/{name}"));
                for (int i = 0; i < count; i++)
                {
                    byte[] samples = new byte[3 * 20 * 24];
                    new Random(i).NextBytes(samples);
                    for (int k = 0; k < samples.Length; k++) samples[k] = (byte)(level + samples[k] / 8);
                    File.WriteAllBytes(At($"pictures/{part}/{name}/{i}.png"), Png.Encode(samples, 3, 20, 24));
                }
            }
        }
    }
}
