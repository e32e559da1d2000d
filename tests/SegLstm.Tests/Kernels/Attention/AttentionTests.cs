using SegLstm.Kernels.Attention;
using SegLstm.Tests.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using Mixing = SegLstm.Kernels.Attention.Attention;

namespace SegLstm.Tests.Kernels.Attention;

public sealed class AttentionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 3, 2, 5)]
    [InlineData(3, 49, 4, 16)]
    [InlineData(1, 64, 3, 32)]
    [InlineData(2, 67, 2, 24)]
    [InlineData(1, 197, 3, 64)]
    [InlineData(1, 450, 1, 40)]
    public void Every_vector_width_computes_the_reference_and_its_gradient(long batch, long tokens, long heads, long width)
    {
        using var scope = NewDisposeScope();
        Kernel(heads).AssertEqualsReference(Random(batch, tokens, 3 * heads * width));
    }

    [Theory]
    [InlineData("7,7")]
    [InlineData("1,7")]
    [InlineData("2,7,7")]
    [InlineData("1,7,7")]
    [InlineData("3,2,7,7")]
    [InlineData("3,1,7,7")]
    [InlineData("2,1,1,7,7")]
    [InlineData("2,3,2,7,7")]
    public void A_bias_is_broadcast_and_its_gradient_is_summed(string shape)
    {
        using var scope = NewDisposeScope();
        Kernel(2).AssertEqualsReference(Random(2, 3, 7, 30), 2 * Random([.. shape.Split(',').Select(long.Parse)]));
    }

    [Fact]
    public void A_bias_that_all_keys_of_a_query_share_changes_nothing_and_gets_no_gradient()
    {
        using var scope = NewDisposeScope();
        var (x, bias) = (Random(2, 9, 30), Random(9, 1).requires_grad_());
        var y = Mixing.Forward(x, 2, bias);
        Close.Within(y, Mixing.Forward(x, 2), 1e-14, "outputs");
        y.pow(2).sum().backward();
        Assert.InRange(bias.grad!.abs().max().item<double>(), 0, 1e-13);
    }

    [Fact]
    public void A_bias_of_more_than_a_block_of_queries_reaches_its_queries()
    {
        using var scope = NewDisposeScope();
        Kernel(2).AssertEqualsReference(Random(2, 131, 48), Random(2, 131, 131));
    }

    [Fact]
    public void Keys_that_a_mask_hides_have_no_weight_and_no_gradient()
    {
        using var scope = NewDisposeScope();
        var mask = full([70, 70], double.NegativeInfinity, dtype: ScalarType.Float64).triu(1);
        new TokenKernel(x => AttentionReference.Forward(x[0], 2, mask.to(x[0].dtype)), (width, x) => Mixing.Forward(width, x[0], 2, mask.to(x[0].dtype)))
            .AssertEqualsReference(Random(1, 70, 96));
    }

    [Fact]
    public void Scores_that_are_large_neither_overflow_nor_vanish()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var x = 300 * Random(1, 80, 96);
        Close.Within(Mixing.Forward(x, 2), AttentionReference.Forward(x, 2), 1e-12, "float64");
        Assert.True(Mixing.Forward(x.to(ScalarType.Float32), 2).isfinite().all().item<bool>());
        var one = Random(1, 80, 96);
        one[0, 5, 3] = double.NaN;
        Assert.Equal(AttentionReference.Forward(one, 2).isnan().sum().item<long>(), Mixing.Forward(one, 2).isnan().sum().item<long>());
    }

    [Fact]
    public void Tokens_are_read_where_they_lie()
    {
        using var scope = NewDisposeScope();
        new TokenKernel(x => AttentionReference.Forward(x[0].narrow(2, 20, 24), 2), (width, x) => Mixing.Forward(width, x[0].narrow(2, 20, 24), 2))
            .AssertEqualsReference(Random(2, 30, 60));
        new TokenKernel(x => AttentionReference.Forward(x[0].transpose(1, 2), 2), (width, x) => Mixing.Forward(width, x[0].transpose(1, 2), 2))
            .AssertEqualsReference(Random(2, 48, 30));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        Kernel(3).AssertThreadsDoNotMatter(Random(3, 300, 288), Random(3, 300, 300));
    }

    [Fact]
    public void Unwanted_gradients_are_left_out()
    {
        using var scope = NewDisposeScope();
        Kernel(2).AssertLeavesTheRestAlone(Random(2, 9, 30), Random(2, 9, 9));
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        using var scope = NewDisposeScope();
        Tensor[] Second(Func<Tensor, long, Tensor?, Tensor> form)
        {
            Tensor[] leaves = [Random(2, 5, 24).requires_grad_(), Random(2, 5, 5).requires_grad_()];
            var first = autograd.grad([form(leaves[0], 2, leaves[1]).pow(3).sum()], leaves, create_graph: true);
            return [.. autograd.grad([first[0].pow(2).sum() + first[1].pow(2).sum()], leaves)];
        }

        var (expected, got) = (Second(AttentionReference.Forward), Second(Mixing.Forward));
        Assert.All(got.Zip(expected), pair => Close.Within(pair.First, pair.Second, 1e-11, "second gradient"));
    }

    [Theory]
    [InlineData("2,50,6", 4, "", "qkv", "(2, 50, 6)")]
    [InlineData("12", 2, "", "qkv", "(12)")]
    [InlineData("2,5,12", 0, "", "qkv", "0 heads")]
    [InlineData("2,5,12", 2, "5", "bias", "(5)")]
    [InlineData("2,5,12", 2, "3,5,5", "bias", "(2, 2, 5, 5)")]
    [InlineData("2,5,12", 2, "1,2,2,5,5", "bias", "(1, 2, 2, 5, 5)")]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes(string qkv, long heads, string bias, string name, string told)
    {
        using var scope = NewDisposeScope();
        Tensor Zeros(string shape) => zeros([.. shape.Split(',').Select(long.Parse)]);
        var error = Assert.Throws<ArgumentException>(() => Mixing.Forward(Zeros(qkv), heads, bias.Length > 0 ? Zeros(bias) : null));
        Assert.StartsWith($"{name}: expected", error.Message);
        Assert.Contains(told, error.Message);
    }

    private static TokenKernel Kernel(long heads) => new(
        x => AttentionReference.Forward(x[0], heads, x.Length > 1 ? x[1] : null),
        (width, x) => Mixing.Forward(width, x[0], heads, x.Length > 1 ? x[1] : null));

    private static Tensor Random(params long[] shape)
    {
        manual_seed(shape.Sum());
        return randn(shape, dtype: ScalarType.Float64);
    }
}
