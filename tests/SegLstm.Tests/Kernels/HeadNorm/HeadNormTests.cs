using SegLstm.Kernels.HeadNorm;
using SegLstm.Tests.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using Norm = SegLstm.Kernels.HeadNorm.HeadNorm;

namespace SegLstm.Tests.Kernels.HeadNorm;

public sealed class HeadNormTests
{
    [Theory]
    [InlineData(1, 1, 1, 3)]
    [InlineData(2, 3, 5, 4)]
    [InlineData(1, 4, 70, 16)]
    [InlineData(2, 2, 9, 33)]
    [InlineData(1, 5, 130, 7)]
    [InlineData(1, 1, 67, 40)]
    [InlineData(2, 4, 12, 96)]
    public void Every_vector_width_computes_the_reference_and_its_gradient(long batch, long heads, long tokens, long width)
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(batch, heads, tokens, width);
        Kernel.AssertEqualsReference(x, weight, bias);
        Kernel.AssertEqualsReference(x, weight, null);
    }

    [Fact]
    public void Heads_are_read_where_they_lie_and_their_gradient_lies_likewise()
    {
        using var scope = NewDisposeScope();
        var (_, weight, bias) = Problem(1, 3, 1, 20);
        var views = new (long[] Shape, Func<Tensor, Tensor> Of)[]
        {
            ([2, 10, 3, 20], tokens => tokens.transpose(1, 2)),
            ([2, 10, 120], wide => wide.narrow(2, 60, 60).view(2, 10, 3, 20).transpose(1, 2)),
            ([3, 10, 2, 20], x => x.permute(2, 0, 1, 3)),
            ([2, 3, 20, 10], x => x.transpose(2, 3)),
        };
        foreach (var view in views)
        {
            new TokenKernel(
                x => HeadNormReference.Forward(view.Of(x[0]), x[1], x[2]),
                (width, x) => Norm.Forward(width, view.Of(x[0]), x[1], x[2], 1e-5))
                .AssertEqualsReference(randn(view.Shape, dtype: ScalarType.Float64), weight, bias);
        }

        var heads = randn(2, 10, 3, 20).transpose(1, 2).requires_grad_();
        var y = Norm.Forward(heads, weight.@float(), bias.@float());
        Assert.Equal(heads.stride(), autograd.grad([y.sum()], [heads])[0].stride());
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(2, 4, 500, 50);
        Kernel.AssertThreadsDoNotMatter(x, weight, bias);
    }

    [Fact]
    public void A_far_mean_and_a_tiny_spread_lose_no_more_than_rounding()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(1, 2, 6, 50);
        Close.Within(
            Norm.Forward((x + 1000).@float(), weight.@float(), bias.@float()),
            HeadNormReference.Forward((x + 1000).@float().@double(), weight, bias), 2e-4, "mean 1000");
        Close.Within(
            Norm.Forward((x * 1e-4).@float(), weight.@float(), bias.@float()),
            HeadNormReference.Forward(x * 1e-4, weight, bias), 3e-6, "spread 1e-4");
        Close.Within(Norm.Forward(zeros(1, 2, 6, 50), weight.@float(), bias.@float()), bias.expand(1, 6, 100), 1e-6, "no spread");
    }

    [Fact]
    public void Gradients_of_gradients_are_refused_and_unwanted_ones_left_out()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(1, 2, 6, 8);
        Kernel.AssertRefusesSecondGradients(nameof(HeadNormReference), x, weight, bias);
        Kernel.AssertLeavesTheRestAlone(x, weight, bias);
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

        Refused("x", "(5, 6)", () => Norm.Forward(zeros(5, 6), zeros(6)));
        Refused("x", "(1, 2, 0, 3)", () => Norm.Forward(zeros(1, 2, 0, 3), zeros(6)));
        Refused("weight", "(3)", () => Norm.Forward(zeros(1, 2, 5, 3), zeros(3)));
        Refused("bias", "(6, 1)", () => Norm.Forward(zeros(1, 2, 5, 3), zeros(6), zeros(6, 1)));
    }

    private static TokenKernel Kernel { get; } = new(
        x => HeadNormReference.Forward(x[0], x[1], x[2]), (width, x) => Norm.Forward(width, x[0], x[1], x[2], 1e-5));

    private static (Tensor X, Tensor Weight, Tensor Bias) Problem(long batch, long heads, long tokens, long width)
    {
        manual_seed(1);
        Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
        return (Random(batch, heads, tokens, width) + 0.5, Random(heads * width), Random(heads * width));
    }
}
