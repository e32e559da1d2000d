using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Tests.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.DepthwiseConv;

public sealed class GridConvTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 3, 3)]
    [InlineData(2, 1, 9, 16, 3, 3)]
    [InlineData(1, 9, 1, 5, 3, 3)]
    [InlineData(2, 7, 7, 40, 3, 3)]
    [InlineData(1, 14, 14, 33, 3, 3)]
    [InlineData(1, 3, 130, 18, 3, 3)]
    [InlineData(1, 2, 3, 20, 5, 5)]
    [InlineData(1, 9, 11, 17, 7, 5)]
    [InlineData(1, 5, 6, 7, 1, 3)]
    [InlineData(1, 4, 4, 24, 1, 1)]
    public void Every_vector_width_computes_the_reference_and_its_gradient(
        long batch, long rows, long columns, long channels, long kernelRows, long kernelColumns)
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(batch, rows * columns, channels, kernelRows, kernelColumns);
        Kernel(rows, columns, true, false).AssertEqualsReference(x, weight, bias);
        Kernel(rows, columns, false, true).AssertEqualsReference(x, weight, null);
    }

    [Fact]
    public void A_half_of_wider_tokens_is_read_where_it_lies()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(2, 30, 40, 3, 3);
        new TokenKernel(
            x => GridConvReference.Forward(x[0].narrow(2, 3, 20), 5, 6, x[1], x[2], true),
            (width, x) => GridConv.Forward(width, x[0].narrow(2, 3, 20), 5, 6, x[1], x[2], true, false))
            .AssertEqualsReference(x, weight.narrow(0, 0, 20), bias.narrow(0, 0, 20));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(2, 400, 150, 3, 3);
        Kernel(20, 20, true, false).AssertThreadsDoNotMatter(x, weight, bias);
    }

    [Fact]
    public void Gradients_of_gradients_are_refused_and_unwanted_ones_left_out()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(1, 6, 20, 3, 3);
        Kernel(2, 3, true, false).AssertRefusesSecondGradients(nameof(GridConvReference), x, weight, bias);
        Kernel(2, 3, true, false).AssertLeavesTheRestAlone(x, weight, bias);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (zeros(2, 6, 5), zeros(5, 1, 3, 3));
        void Refused(string name, string got, Action run)
        {
            var error = Assert.Throws<ArgumentException>(run);
            Assert.StartsWith($"{name}: expected", error.Message);
            Assert.Contains(got, error.Message);
        }

        Refused("x", "(6, 5)", () => GridConv.Forward(zeros(6, 5), 2, 3, weight));
        Refused("x", "(2, 6, 5)", () => GridConv.Forward(x, 2, 2, weight));
        Refused("weight", "(5, 1, 2, 3)", () => GridConv.Forward(x, 2, 3, zeros(5, 1, 2, 3)));
        Refused("weight", "(5, 5, 3, 3)", () => GridConv.Forward(x, 2, 3, zeros(5, 5, 3, 3)));
        Refused("bias", "(6)", () => GridConv.Forward(x, 2, 3, weight, zeros(6)));
    }

    private static TokenKernel Kernel(long rows, long columns, bool silu, bool reverse) => new(
        x => GridConvReference.Forward(x[0], rows, columns, x[1], x[2], silu, reverse),
        (width, x) => GridConv.Forward(width, x[0], rows, columns, x[1], x[2], silu, reverse));

    private static (Tensor X, Tensor Weight, Tensor Bias) Problem(
        long batch, long tokens, long channels, long kernelRows, long kernelColumns)
    {
        manual_seed(1);
        Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
        return (Random(batch, tokens, channels), Random(channels, 1, kernelRows, kernelColumns), Random(channels));
    }
}
