using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.SelectiveScan;

public sealed class SelectiveScanStepTests
{
    [Theory]
    [InlineData(ScanProblem.Shared, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void Tokens_one_by_one_give_the_scan_and_its_gradient(int groups, bool all)
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 6, 7, 3, groups, groups, Skip: all, Gate: all, Bias: all, Softplus: all));
        var state = zeros(2, 6, 3, dtype: ScalarType.Float64);
        var outputs = new List<Tensor>();
        for (var t = 0; t < 7; t++)
        {
            (var y, state) = Step(problem, state, t);
            outputs.Add(y);
        }

        var expected = problem.Everything(problem.Kernel());
        var got = problem.Everything((stack(outputs, 2), state));
        Assert.All(got.Zip(expected), pair => Close.Within(pair.First.Value, pair.Second.Value, 1e-12, pair.First.Name));
    }

    [Fact]
    public void A_stream_goes_on_from_the_last_state_and_leaves_it_alone()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var whole = new ScanProblem(new(1, 4, 6, 2));
        Tensor Cut(Tensor x) => x.narrow(-1, 0, 5);
        var (_, last) = SegLstm.Kernels.SelectiveScan.SelectiveScan.ForwardWithState(
            Cut(whole.U), Cut(whole.Delta), whole.A, Cut(whole.B), Cut(whole.C), whole.D, Cut(whole.Z!), whole.DeltaBias, true);
        var before = last.clone();
        var (y, state) = Step(whole, last, 5);
        var (expected, expectedState) = whole.Kernel();
        Close.Within(y, expected.select(2, 5), 1e-13, "out");
        Close.Within(state, expectedState, 1e-13, "state");
        Close.Within(last, before, 0, "the state given");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var (state, u, a, b) = (zeros(2, 6, 4), zeros(2, 6), zeros(6, 4), zeros(2, 4));
        void Refused(string name, string got, Action run)
        {
            var error = Assert.Throws<ArgumentException>(run);
            Assert.StartsWith($"{name}: expected", error.Message);
            Assert.Contains(got, error.Message);
        }

        Refused("state", "(2, 6, 3)", () => SelectiveScanStep.Forward(zeros(2, 6, 3), u, u, a, b, b));
        Refused("u", "(2, 6, 1)", () => SelectiveScanStep.Forward(state, zeros(2, 6, 1), u, a, b, b));
        Refused("delta", "(2, 5)", () => SelectiveScanStep.Forward(state, u, zeros(2, 5), a, b, b));
        Refused("a", "(4, 6)", () => SelectiveScanStep.Forward(state, u, u, zeros(4, 6), b, b));
        Refused("b", "(6, 4)", () => SelectiveScanStep.Forward(state, u, u, a, zeros(6, 4), b));
        Refused("c", "(2, 4, 4)", () => SelectiveScanStep.Forward(state, u, u, a, b, zeros(2, 4, 4)));
        Refused("d", "(4)", () => SelectiveScanStep.Forward(state, u, u, a, b, b, d: zeros(4)));
        Refused("z", "(6)", () => SelectiveScanStep.Forward(state, u, u, a, b, b, z: zeros(6)));
    }

    private static (Tensor Out, Tensor State) Step(ScanProblem problem, Tensor state, long t)
    {
        Tensor At(Tensor x) => x.select(-1, t);
        return SelectiveScanStep.Forward(
            state, At(problem.U), At(problem.Delta), problem.A, At(problem.B), At(problem.C), problem.D,
            problem.Z is null ? null : At(problem.Z), problem.DeltaBias, problem.Options.Softplus);
    }
}
