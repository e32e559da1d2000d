using SegLstm.Checkpoints;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Data.Classification;
using SegLstm.Tests.Experiments;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Distributed;

/// <summary>Trainings in real processes.</summary>
public class SharedTrainingTests
{
    [Theory]
    [InlineData("norms")]
    [InlineData("plain")]
    [InlineData("collection")]
    [InlineData("images")]
    public void Two_processes_learn_what_one_does_with_the_same_batches(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        StripedCollection.Write(folder.File("tiles"));
        FabricatedImages.Folders(folder.File("pictures"), ["train", "val"]);
        SharedRun.Train(name, folder.File("one"), ranks: null);
        foreach ((int code, string output) in SharedRun.Start(name, folder.File("two"), 2)) Assert.True(code == 0, output);

        Dictionary<string, Tensor> one = State(folder.File("one")), two = State(folder.File("two"));
        Assert.Equal(one.Keys.Order(), two.Keys.Order());
        Assert.InRange(Largest(one["progress.losses"], two["progress.losses"]), 0, 1e-6);
        foreach (string part in (string[])["model.", "average."])
        {
            double difference = Difference(part, one, two);
            Assert.True(difference <= 1e-6, $"{part}* differ by {difference:g3} of their length");
        }
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_all_processes_and_rank_0_keeps_what_reproduces_it()
    {
        using var folder = new TemporaryFolder();
        (int ExitCode, string Output)[] ranks = SharedRun.Start("infinite", folder.File("run"), 2);
        Assert.All(ranks, rank => Assert.NotEqual(0, rank.ExitCode));
        Assert.Contains(nameof(NonFiniteLossException), ranks[0].Output);
        Assert.Contains("Rank 0 says where it comes from", ranks[1].Output);
        Assert.True(File.Exists(Path.Combine(folder.File("run"), "non-finite", "case.json")));
    }

    private static Dictionary<string, Tensor> State(string run) =>
        SafeTensors.Load(Directory.EnumerateFiles(run, "state-*").Order(StringComparer.Ordinal).Last());

    private static double Largest(Tensor one, Tensor two) =>
        ((one - two).abs() / one.abs()).max().to(ScalarType.Float64).item<double>();

    // The length of what differs, in units of that of the whole.
    private static double Difference(string part, Dictionary<string, Tensor> one, Dictionary<string, Tensor> two)
    {
        string[] names = [.. one.Keys.Where(name => name.StartsWith(part, StringComparison.Ordinal))];
        double Squares(Func<string, Tensor> value) =>
            names.Sum(name => value(name).to(ScalarType.Float64).square().sum().item<double>());
        Assert.NotEmpty(names);
        return Math.Sqrt(Squares(name => one[name].to(ScalarType.Float64) - two[name].to(ScalarType.Float64)) / Squares(name => one[name]));
    }
}
