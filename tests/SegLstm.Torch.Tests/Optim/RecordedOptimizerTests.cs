using SegLstm.Tests.Torch.Recorded;
using TorchSharp.Modules;
using static SegLstm.Tests.Torch.Recorded.Recording;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Optim;

public class RecordedOptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter, Parameter, optim.Optimizer>> s_optimizers = new()
    {
        ["SGD"] = (p, q) => optim.SGD([p, q], 0.1),
        ["SGD_momentum"] = (p, q) => optim.SGD([p, q], 0.1, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        ["SGD_nesterov"] = (p, q) => optim.SGD([p, q], 0.1, momentum: 0.9, nesterov: true),
        ["SGD_maximize"] = (p, q) => optim.SGD([p, q], 0.01, maximize: true),
        ["Adam"] = (p, q) => optim.Adam([p, q], 0.1),
        ["Adam_decay"] = (p, q) => optim.Adam([p, q], 0.1, 0.8, 0.95, 1e-6, 0.02),
        ["Adam_amsgrad"] = (p, q) => optim.Adam([p, q], 0.1, amsgrad: true),
        ["AdamW"] = (p, q) => optim.AdamW([("p", p), ("q", q)], 0.1),
        ["AdamW_decay"] = (p, q) => optim.AdamW([p, q], 0.1, 0.8, 0.95, 1e-6, 0.02, true),
        ["AdamW_groups"] = (p, q) => optim.AdamW(
            [new AdamW.ParamGroup([p], new AdamW.Options { weight_decay = 0 }), new AdamW.ParamGroup([q], new AdamW.Options { LearningRate = 0.05 })],
            0.1, weight_decay: 0.1),
        ["RMSProp"] = (p, q) => optim.RMSProp([p, q], 0.1, 0.9),
        ["RMSProp_centered"] = (p, q) => optim.RMSProp([p, q], 0.05, 0.9, 1e-6, 0.01, 0.8, true),
        ["AdamW_maximize"] = (p, q) => optim.AdamW([p, q], 0.1, weight_decay: 0.01, maximize: true),
    };

    public static TheoryData<string> Recorded => Names<double[][]>("optimizers");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Five_steps_are_PyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var (p, q) = (Parameter(Ramp([3], -1, 2)), Parameter(Ramp([2, 2], 0.5, 1.5)));
        using var optimizer = s_optimizers[name](p, q);
        foreach (var expected in Read<double[][]>("optimizers")[name])
        {
            optimizer.zero_grad();
            (p.pow(2).sum() * 0.5 + p.slice(0, 0, 2, 1).unsqueeze(0).matmul(q).sin().sum() + q.pow(4).sum()).backward();
            optimizer.step();
            Near(expected, cat([p.detach(), q.detach().view(-1)]), 1e-12);
        }
    }

    [Fact]
    public void Every_optimizer_listed_here_is_recorded() => Assert.Equal(Read<double[][]>("optimizers").Keys.Order(), s_optimizers.Keys.Order());
}
