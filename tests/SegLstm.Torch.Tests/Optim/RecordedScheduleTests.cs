using SegLstm.Tests.Torch.Recorded;
using TorchSharp.Modules;
using static SegLstm.Tests.Torch.Recorded.Recording;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.optim.lr_scheduler;
using Cyclic = TorchSharp.torch.optim.lr_scheduler.impl.CyclicLR;
using OneCycle = TorchSharp.torch.optim.lr_scheduler.impl.OneCycleLR;

namespace SegLstm.Tests.Torch.Optim;

public class RecordedScheduleTests
{
    private static readonly Dictionary<string, (Func<optim.Optimizer, LRScheduler> Make, Func<int, double>? Metric)> s_schedules = new()
    {
        ["LambdaLR"] = (o => LambdaLR(o, k => Math.Pow(0.9, k) + 0.1), null),
        ["MultiplicativeLR"] = (o => MultiplicativeLR(o, _ => 0.95), null),
        ["StepLR"] = (o => StepLR(o, 4, 0.3), null),
        ["MultiStepLR"] = (o => MultiStepLR(o, [3, 7, 7, 15], 0.4), null),
        ["PolynomialLR"] = (o => PolynomialLR(o, 20, 0.9), null),
        ["ExponentialLR"] = (o => ExponentialLR(o, 0.8), null),
        ["ConstantLR"] = (o => ConstantLR(o, 0.25, 6), null),
        ["LinearLR"] = (o => LinearLR(o, 0.1, 0.9, 8), null),
        ["CosineAnnealingLR"] = (o => CosineAnnealingLR(o, 8, 0.01), null),
        ["SequentialLR"] = (o => SequentialLR(o, [LinearLR(o, 0.1, 1.0, 5), PolynomialLR(o, 15, 0.9)], [5]), null),
        ["ChainedLR"] = (o => ChainedLR([ConstantLR(o, 0.1, 4), ExponentialLR(o, 0.9)]), null),
        ["OneCycleLR"] = (o => OneCycleLR(o, 0.7, 26), null),
        ["OneCycleLR_three_phase"] = (o => OneCycleLR(o, [0.7, 0.3], 30, pct_start: 0.25, anneal_strategy: OneCycle.AnnealStrategy.Linear, three_phase: true), null),
        ["CyclicLR"] = (o => CyclicLR(o, 0.1, 0.6, 4, 6), null),
        ["CyclicLR_triangular2"] = (o => CyclicLR(o, 0.1, 0.6, 4, mode: Cyclic.Mode.Triangular2), null),
        ["CyclicLR_exp_range"] = (o => CyclicLR(o, [0.1, 0.2], [0.6, 0.9], 4, mode: Cyclic.Mode.ExpRange, gamma: 0.9, cycle_momentum: false), null),
        ["ReduceLROnPlateau"] = (o => ReduceLROnPlateau(o, "min", 0.5, 2, 0.01, cooldown: 1, min_lr: [0.03]), k => Math.Max(1.0 - 0.1 * k, 0.5)),
        ["ReduceLROnPlateau_max"] = (o => ReduceLROnPlateau(o, "max", 0.5, 1, 0.05, "abs"), k => Math.Min(0.1 * k, 0.7)),
    };

    public static TheoryData<string> Recorded => Names<double[][]>("schedules");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_rates_and_momentums_of_both_groups_are_PyTorchs(string name)
    {
        // A milestone that comes twice counts once there, and cycled momentum leaves its range.
        SkipWhereTorchSharpDiffers(name, "MultiStepLR", "CyclicLR", "CyclicLR_triangular2", "CyclicLR_exp_range", "OneCycleLR_three_phase");
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD(
            [new SGD.ParamGroup([Parameter(zeros(1))], new SGD.Options()), new SGD.ParamGroup([Parameter(zeros(1))], new SGD.Options { LearningRate = 0.2 })],
            0.5, momentum: 0.9);
        var (make, metric) = s_schedules[name];
        var schedule = make(optimizer);
        foreach (var (epoch, expected) in Read<double[][]>("schedules")[name].Index())
        {
            var rates = optimizer.ParamGroups.Select(group => group.LearningRate);
            var momentums = optimizer.ParamGroups.Select(group => ((optim.IMomentum)group).Momentum);
            Near(expected, rates.Concat(expected.Length > 2 ? momentums : []).ToArray(), 1e-13);
            optimizer.step();
            if (metric is null) schedule.step();
            else schedule.step(metric(epoch));
        }
    }

    [Fact]
    public void Every_schedule_listed_here_is_recorded() => Assert.Equal(Read<double[][]>("schedules").Keys.Order(), s_schedules.Keys.Order());
}
