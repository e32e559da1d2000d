using SegLstm.Kernels.BlockLinear;
using SegLstm.Tests.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using Map = SegLstm.Kernels.BlockLinear.BlockLinear;

namespace SegLstm.Tests.Kernels.BlockLinear;

public sealed class BlockLinearTests
{
    private static TokenKernel Kernel { get; } = new(
        x => BlockLinearReference.Forward(x[0], x[1], x.Length > 2 ? x[2] : null),
        (width, x) => Map.Forward(width, x[0], x[1], x.Length > 2 ? x[2] : null));

    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(2, 5, 8)]
    [InlineData(1, 70, 16)]
    [InlineData(2, 130, 36)]
    [InlineData(1, 67, 60)]
    public void Every_vector_width_computes_the_reference_and_its_gradient(long batch, long tokens, long channels)
    {
        using var scope = NewDisposeScope();
        var x = Problem(batch, tokens, channels);
        Kernel.AssertEqualsReference(x);
        Kernel.AssertEqualsReference(x[0], x[1]);
    }

    [Fact]
    public void A_half_of_wider_tokens_is_read_where_it_lies()
    {
        using var scope = NewDisposeScope();
        var (wide, narrow) = (Problem(2, 10, 40), Problem(2, 10, 20));
        new TokenKernel(
            x => BlockLinearReference.Forward(x[0].narrow(2, 20, 20), x[1], x[2]),
            (width, x) => Map.Forward(width, x[0].narrow(2, 20, 20), x[1], x[2]))
            .AssertEqualsReference(wide[0], narrow[1], narrow[2]);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        Kernel.AssertThreadsDoNotMatter(Problem(2, 900, 400));
    }

    [Fact]
    public void Gradients_of_gradients_are_refused_and_unwanted_ones_left_out()
    {
        using var scope = NewDisposeScope();
        Kernel.AssertRefusesSecondGradients(nameof(BlockLinearReference), Problem(1, 6, 20));
        Kernel.AssertLeavesTheRestAlone(Problem(1, 6, 20));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Blocks_of_other_sizes_work(long size)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (x, weight) = (randn(2, 5, 3 * size), randn(3, size, size));
        var expected = cat([.. Enumerable.Range(0, 3).Select(block =>
            x.narrow(2, block * size, size).matmul(weight[block].t()))], 2);
        Close.Within(Map.Forward(x, weight), expected, 1e-6, "blocks");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        void Refused(string name, string got, Action run)
        {
            var error = Assert.Throws<ArgumentException>(run);
            Assert.StartsWith($"{name}: expected", error.Message);
            Assert.Contains(got, error.Message);
        }

        Refused("x", "(2, 5, 6)", () => Map.Forward(zeros(2, 5, 6), zeros(2, 4, 4)));
        Refused("weight", "(2, 4, 3)", () => Map.Forward(zeros(2, 5, 8), zeros(2, 4, 3)));
        Refused("bias", "(4)", () => Map.Forward(zeros(2, 5, 8), zeros(2, 4, 4), zeros(4)));
    }

    private static Tensor[] Problem(long batch, long tokens, long channels)
    {
        manual_seed(1);
        Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
        return [Random(batch, tokens, channels), Random(channels / 4, 4, 4), Random(channels)];
    }
}
