using SegLstm.Tests.Torch.Door;
using SegLstm.Tests.Torch.Recorded;
using TorchSharp;
using static SegLstm.Tests.Torch.Recorded.Recording;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Init;

[Collection(nameof(DefaultGenerator))]
public class RecordedInitialisationTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Tensor>>> s_draws = new()
    {
        ["Linear"] = () => Linear(4, 3).parameters(),
        ["Conv1d"] = () => Conv1d(2, 3, 3).parameters(),
        ["Conv2d"] = () => Conv2d(2, 3, (3, 2)).parameters(),
        ["ConvTranspose2d"] = () => ConvTranspose2d(2, 3, 2).parameters(),
        ["Embedding"] = () => Embedding(4, 3, padding_idx: 1).parameters(),
        ["MultiheadAttention"] = () => MultiheadAttention(4, 2, add_bias_kv: true).parameters(),
        ["xavier_uniform_"] = () => [init.xavier_uniform_(empty(3, 4), 2)],
        ["xavier_normal_"] = () => [init.xavier_normal_(empty(3, 4))],
        ["kaiming_normal_"] = () => [init.kaiming_normal_(empty(3, 4, 2, 2), mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU)],
        ["trunc_normal_"] = () => [init.trunc_normal_(empty(20), 0.1, 0.5, -0.6, 0.6)],
        ["normal_"] = () => [init.normal_(empty(20), 0.1, 0.5)],
        ["orthogonal_"] = () => [init.orthogonal_(empty(3, 5), 2)],
        ["dirac_"] = () => [init.dirac_(empty(3, 2, 3, 3))],
        ["dropout"] = () => [functional.dropout(ones(20), 0.3)],
        ["dropout2d"] = () => [functional.dropout2d(ones(2, 4, 1, 2), 0.3)],
    };

    public static TheoryData<string> Recorded => Names<double[][]>("initial");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_random_numbers_after_manual_seed_0_are_PyTorchs(string name)
    {
        // With MKL, libtorch draws what is dropped with MKL's generator.
        SkipWhereTorchSharpDiffers(name, "dropout", "dropout2d");
        using var scope = NewDisposeScope();
        manual_seed(0);
        var drawn = s_draws[name]().ToList();
        var recorded = Read<double[][]>("initial")[name];
        Assert.Equal(recorded.Length, drawn.Count);
        foreach (var (expected, actual) in recorded.Zip(drawn)) Near(expected, actual, 1e-6);
    }

    [Fact]
    public void Every_initialisation_listed_here_is_recorded() => Assert.Equal(Read<double[][]>("initial").Keys.Order(), s_draws.Keys.Order());
}
