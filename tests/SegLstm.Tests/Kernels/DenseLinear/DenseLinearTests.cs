using SegLstm.Kernels.DenseLinear;
using SegLstm.Tests.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using Map = SegLstm.Kernels.DenseLinear.DenseLinear;

namespace SegLstm.Tests.Kernels.DenseLinear;

public sealed class DenseLinearTests
{
    private static TokenKernel Kernel { get; } = new(
        x => DenseLinearReference.Forward(x[0], x[1], x.Length > 2 ? x[2] : null),
        (width, x) => Map.Forward(width, x[0], x[1], x.Length > 2 ? x[2] : null));

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 3, 5, 7)]
    [InlineData(2, 70, 16, 33)]
    [InlineData(1, 130, 200, 48)]
    [InlineData(3, 65, 31, 640)]
    public void Every_vector_width_computes_the_reference_and_its_gradient(long batch, long tokens, long inputs, long outputs)
    {
        using var scope = NewDisposeScope();
        var x = Problem(batch, tokens, inputs, outputs);
        Kernel.AssertEqualsReference(x);
        Kernel.AssertEqualsReference(x[0], x[1]);
    }

    [Fact]
    public void Tokens_and_weights_are_read_where_they_lie()
    {
        using var scope = NewDisposeScope();
        var x = Problem(2, 70, 60, 24);
        new TokenKernel(
            x => DenseLinearReference.Forward(x[0].narrow(2, 20, 20), x[1].narrow(1, 40, 20), x[2]),
            (width, x) => Map.Forward(width, x[0].narrow(2, 20, 20), x[1].narrow(1, 40, 20), x[2]))
            .AssertEqualsReference(x);
        new TokenKernel(
            x => DenseLinearReference.Forward(x[0].transpose(1, 2), x[1].narrow(1, 0, 40).expand(24, 40), null),
            (width, x) => Map.Forward(width, x[0].transpose(1, 2), x[1].narrow(1, 0, 40).expand(24, 40), null))
            .AssertEqualsReference(Problem(2, 40, 50, 24)[0], Problem(2, 70, 60, 24)[1]);
    }

    [Fact]
    public void Any_number_of_leading_dimensions_is_kept()
    {
        using var scope = NewDisposeScope();
        foreach (var shape in new long[][] { [40, 6], [2, 3, 8, 6], [1, 2, 2, 11, 6] })
        {
            manual_seed(1);
            Kernel.AssertEqualsReference(randn(shape, dtype: ScalarType.Float64), randn(5, 6, dtype: ScalarType.Float64));
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        Kernel.AssertThreadsDoNotMatter(Problem(2, 900, 100, 700));
        Kernel.AssertThreadsDoNotMatter(Problem(2, 900, 300, 100));
    }

    [Fact]
    public void Unwanted_gradients_are_left_out()
    {
        using var scope = NewDisposeScope();
        Kernel.AssertLeavesTheRestAlone(Problem(1, 40, 6, 20));
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        using var scope = NewDisposeScope();
        Tensor[] Second(Func<Tensor, Tensor, Tensor?, Tensor> map)
        {
            Tensor[] leaves = [.. Problem(1, 40, 6, 5).Select(x => x.requires_grad_())];
            var first = autograd.grad([map(leaves[0], leaves[1], leaves[2]).pow(3).sum()], leaves, create_graph: true);
            return [.. autograd.grad([first[0].pow(2).sum() + first[1].pow(2).sum() + first[2].sum()], leaves)];
        }

        var (expected, got) = (Second(DenseLinearReference.Forward), Second(Map.Forward));
        Assert.All(got.Zip(expected), pair => Close.Within(pair.First, pair.Second, 1e-12, "second gradient"));
    }

    [Fact]
    public void A_layer_gives_its_parameters()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (layer, x) = (nn.Linear(48, 20), randn(2, 50, 48));
        Close.Within(Map.Forward(layer, x), layer.forward(x), 3e-6, "layer");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    public void A_few_tokens_or_none_are_mapped_too(long tokens)
    {
        using var scope = NewDisposeScope();
        var x = Problem(1, tokens, 6, 20);
        Assert.True(Map.Forward(x[0], x[1], x[2]).equal(DenseLinearReference.Forward(x[0], x[1], x[2])).all().item<bool>());
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

        Refused("x", "(2, 50, 6)", () => Map.Forward(zeros(2, 50, 6), zeros(2, 4)));
        Refused("x", "(2, 1, 3)", () => Map.Forward(zeros(2, 1, 3), zeros(2, 4)));
        Refused("weight", "(2, 4, 3)", () => Map.Forward(zeros(2, 50, 3), zeros(2, 4, 3)));
        Refused("bias", "(4)", () => Map.Forward(zeros(2, 50, 4), zeros(2, 4), zeros(4)));
    }

    private static Tensor[] Problem(long batch, long tokens, long inputs, long outputs)
    {
        manual_seed(1);
        Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
        return [Random(batch, tokens, inputs), Random(outputs, inputs), Random(outputs)];
    }
}
