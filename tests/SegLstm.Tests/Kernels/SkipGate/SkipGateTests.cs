using SegLstm.Kernels.SkipGate;
using SegLstm.Tests.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using Gate = SegLstm.Kernels.SkipGate.SkipGate;

namespace SegLstm.Tests.Kernels.SkipGate;

public sealed class SkipGateTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 5, 3)]
    [InlineData(1, 70, 16)]
    [InlineData(2, 130, 33)]
    [InlineData(1, 67, 40)]
    public void Every_vector_width_computes_the_reference_and_its_gradient(long batch, long tokens, long channels)
    {
        using var scope = NewDisposeScope();
        var x = Problem(batch, tokens, channels);
        Kernel.AssertEqualsReference(x);
        Kernel.AssertEqualsReference(x[0], x[1], x[2], x[3] * 50);
    }

    [Fact]
    public void Halves_of_wider_tokens_are_read_where_they_lie()
    {
        using var scope = NewDisposeScope();
        var wide = Problem(2, 10, 40);
        Tensor Half(Tensor x, long at) => x.narrow(2, at, 20);
        new TokenKernel(
            x => SkipGateReference.Forward(Half(x[0], 0), Half(x[1], 3), x[2], Half(x[3], 20)),
            (width, x) => Gate.Forward(width, Half(x[0], 0), Half(x[1], 3), x[2], Half(x[3], 20)))
            .AssertEqualsReference(wide[0], wide[1], wide[2].narrow(0, 0, 20), wide[3]);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        Kernel.AssertThreadsDoNotMatter(Problem(2, 500, 200));
    }

    [Fact]
    public void Gradients_of_gradients_are_refused_and_unwanted_ones_left_out()
    {
        using var scope = NewDisposeScope();
        Kernel.AssertRefusesSecondGradients(nameof(SkipGateReference), Problem(1, 6, 20));
        Kernel.AssertLeavesTheRestAlone(Problem(1, 6, 20));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 5, 6);
        void Refused(string name, string got, Action run)
        {
            var error = Assert.Throws<ArgumentException>(run);
            Assert.StartsWith($"{name}: expected", error.Message);
            Assert.Contains(got, error.Message);
        }

        Refused("h", "(5, 6)", () => Gate.Forward(zeros(5, 6), x, zeros(6), x));
        Refused("c", "(2, 5, 1)", () => Gate.Forward(x, zeros(2, 5, 1), zeros(6), x));
        Refused("z", "(1, 5, 6)", () => Gate.Forward(x, x, zeros(6), zeros(1, 5, 6)));
        Refused("skip", "(5)", () => Gate.Forward(x, x, zeros(5), x));
    }

    private static TokenKernel Kernel { get; } = new(
        x => SkipGateReference.Forward(x[0], x[1], x[2], x[3]), (width, x) => Gate.Forward(width, x[0], x[1], x[2], x[3]));

    private static Tensor[] Problem(long batch, long tokens, long channels)
    {
        manual_seed(1);
        Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
        Tensor Tokens() => Random(batch, tokens, channels);
        return [Tokens(), Tokens(), Random(channels), Tokens()];
    }
}
