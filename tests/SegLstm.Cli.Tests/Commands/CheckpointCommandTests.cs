using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Cli.Tests.Commands;

/// <summary>`seglstm inspect`, `convert` and `soak files`, as a user types them.</summary>
public sealed class CheckpointCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seglstm-");

    [Fact]
    public void Inspect_shows_names_types_shapes_and_with_statistics_what_is_in_them()
    {
        Save("a.pth", ("blocks.0.weight", arange(6, dtype: ScalarType.Float32).view(2, 3)),
            ("blocks.0.bias", tensor(new[] { 1f, float.NaN })), ("step", tensor(7L)));
        SeglstmProcess run = SeglstmProcess.Run("inspect", At("a.pth"), "--statistics");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("PyTorch's zip format", run.Output);
        Assert.Matches(@"blocks\.0\.weight \| float32 \| +2 x 3 \| +6 \| +0 \| +5 \| +2\.5 \| +1\.708 \| +0 \|", run.Output);
        Assert.Matches(@"blocks\.0\.bias +\| float32 \| +2 \| +2 \| +1 \| +1 \| +1 \| +0 \| +1 \|", run.Output);
        Assert.Matches(@"step +\| +int64 \| scalar \| +1 \| +7 ", run.Output);
        Assert.Contains("3 tensors, 9 values, 40 B (float32 32 B, int64 8 B)", run.Output);

        run = SeglstmProcess.Run("inspect", At("a.pth"), "--tensors", "*.bias");
        Assert.DoesNotContain("blocks.0.weight", run.Output);
        Assert.Contains("1 tensor, 2 values, 8 B (float32 8 B), of 3 in the file", run.Output);
        Assert.Contains("'blocks.0.weight'", SeglstmProcess.Run("inspect", At("a.pth"), "--tensors", "head*").FailureLine());
    }

    [Fact]
    public void Inspect_tells_what_a_hostile_file_asks_for()
    {
        File.WriteAllBytes(At("hostile.pth"), [.. "cposix\nsystem\n(Vtouch planted\ntR."u8]);
        string line = SeglstmProcess.Run("inspect", At("hostile.pth")).FailureLine();
        Assert.Contains("'posix.system'", line);
        Assert.Contains("hostile.pth", line);
    }

    [Fact]
    public void Convert_goes_there_and_back_and_changes_names_by_a_map()
    {
        Save("a.safetensors", ("vit.layernorm.weight", ones(3)), ("vit.encoder.layer.0.output.dense.weight", ones(2, 2)),
            ("classifier.bias", zeros(2)));
        SeglstmProcess run = SeglstmProcess.Run("convert", At("a.safetensors"), At("b.pth"), "--map", "hugging-face-vit",
            "--map", "timm-vit");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("wrote", run.Output);
        Assert.Contains("names by hugging-face-vit, timm-vit: 3 tensors in, 2 out", run.Output);
        Assert.Equal(0, SeglstmProcess.Run("convert", At("b.pth"), At("c.safetensors")).ExitCode);
        Assert.Equal(["layers.0.ffn.layers.1.weight", "ln1.weight"],
            Checkpoint.Load(At("c.safetensors")).Keys.Order(StringComparer.Ordinal));
        Assert.Contains("timm-vit", SeglstmProcess.Run("convert", "--help").Output);
    }

    [Theory]
    [InlineData("did you mean 'timm-vit'?", "--map", "timm-vitt")]
    [InlineData("changes none of the names", "--map", "timm-vit")]
    public void A_map_that_does_not_fit_is_told(string told, params string[] options)
    {
        Save("a.safetensors", ("other", ones(3)));
        Assert.Contains(told, SeglstmProcess.Run(["convert", At("a.safetensors"), At("b.pth"), .. options]).FailureLine());
        Assert.False(File.Exists(At("b.pth")));
    }

    [Fact]
    public void An_output_of_an_unknown_kind_is_refused()
    {
        Save("a.safetensors", ("w", ones(3)));
        Assert.Contains(".safetensors, .pth", SeglstmProcess.Run("convert", At("a.safetensors"), At("b.onnx")).FailureLine());
    }

    [Fact]
    public void Soak_tells_its_seed_its_speed_and_that_nothing_failed()
    {
        Save("a.pth", ("w", ones(3)));
        SeglstmProcess run = SeglstmProcess.Run("soak", "files", At("a.pth"), "--minutes", "0.03", "--seed", "3", "--out",
            At("failures"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("seed 3", run.Output);
        Assert.Matches(@"pth, legacy +\| +\d+ \|", run.Output);
        Assert.Matches(@"\d+ inputs in [\d.]+ s: [\d.]+ million an hour", run.Output);
        Assert.Contains("no failure", run.Output);
        Assert.Contains("--minutes", SeglstmProcess.Run("soak", "files", "--minutes", "0").FailureLine());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private void Save(string name, params (string Name, Tensor Tensor)[] tensors) =>
        Checkpoint.Save(At(name), tensors.Select(entry => new KeyValuePair<string, Tensor>(entry.Name, entry.Tensor)));
}
