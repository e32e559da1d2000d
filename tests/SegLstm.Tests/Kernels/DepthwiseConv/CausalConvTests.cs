using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Tests.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.DepthwiseConv;

public sealed class CausalConvTests
{
    [Theory]
    [InlineData(1, 1, 1, 2)]
    [InlineData(1, 3, 5, 8)]
    [InlineData(2, 9, 16, 4)]
    [InlineData(1, 70, 20, 3)]
    [InlineData(2, 130, 33, 4)]
    [InlineData(1, 67, 7, 5)]
    [InlineData(1, 12, 40, 6)]
    [InlineData(3, 11, 17, 7)]
    [InlineData(1, 6, 18, 1)]
    public void Every_vector_width_computes_the_reference_and_its_gradient(long batch, long tokens, long channels, long taps)
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(batch, tokens, channels, taps);
        Kernel(true, false).AssertEqualsReference(x, weight, bias);
        Kernel(false, true).AssertEqualsReference(x, weight, null);
        ChannelKernel(true, true).AssertEqualsReference(x.transpose(1, 2), weight, bias);
        ChannelKernel(false, false).AssertEqualsReference(x.transpose(1, 2).contiguous(), weight, null);
    }

    [Fact]
    public void A_half_of_wider_tokens_and_a_turned_sequence_are_read_where_they_lie()
    {
        using var scope = NewDisposeScope();
        var (_, weight, bias) = Problem(1, 1, 20, 4);
        var views = new (long[] Shape, Func<Tensor, Tensor> Of)[]
        {
            ([2, 19, 40], wide => wide.narrow(2, 20, 20)),
            ([19, 2, 40], wide => wide.transpose(0, 1).narrow(2, 0, 20)),
            ([2, 20, 19], turned => turned.transpose(1, 2)),
        };
        foreach (var view in views)
        {
            new TokenKernel(
                x => CausalConvReference.Forward(view.Of(x[0]), x[1], x[2], true),
                (width, x) => CausalConv.Forward(width, view.Of(x[0]), x[1], x[2], true, false))
                .AssertEqualsReference(randn(view.Shape, dtype: ScalarType.Float64), weight, bias);
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(2, 300, 200, 4);
        Kernel(true, false).AssertThreadsDoNotMatter(x, weight, bias);
        ChannelKernel(true, false).AssertThreadsDoNotMatter(x.transpose(1, 2), weight, bias);
    }

    [Fact]
    public void Gradients_of_gradients_are_refused_and_unwanted_ones_left_out()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(1, 5, 20, 3);
        Kernel(true, false).AssertRefusesSecondGradients(nameof(CausalConvReference), x, weight, bias);
        Kernel(true, false).AssertLeavesTheRestAlone(x, weight, bias);
        ChannelKernel(true, false).AssertRefusesSecondGradients(nameof(CausalConvReference), x.transpose(1, 2), weight, bias);
        ChannelKernel(true, false).AssertLeavesTheRestAlone(x.transpose(1, 2), weight, bias);
    }

    [Fact]
    public void Half_precision_and_mixed_types_go_to_the_reference()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(1, 5, 20, 3);
        Tensor Half(Tensor tensor) => tensor.to(ScalarType.BFloat16);
        Assert.Equal(ScalarType.BFloat16, CausalConv.Forward(Half(x), Half(weight), Half(bias)).dtype);
        Assert.ThrowsAny<Exception>(() => CausalConv.Forward(x, Half(weight)));
    }

    [Fact]
    public void Extreme_inputs_give_what_the_reference_gives()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Problem(1, 40, 20, 4);
        Kernel(true, false).AssertEqualsReference(x * 50, weight, bias);
        Close.Within(
            CausalConv.Forward((x * 1e6).@float(), weight.@float(), null, true),
            CausalConvReference.Forward(x * 1e6, weight, null, true), 3e-6, "a million");
        var broken = x.clone();
        broken[0, 3, 5] = double.NaN;
        Assert.Equal(4, CausalConv.Forward(broken, weight, bias, true).isnan().sum().item<long>());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (zeros(2, 5, 6), zeros(6, 1, 4));
        void Refused(string name, string got, Action run)
        {
            var error = Assert.Throws<ArgumentException>(run);
            Assert.StartsWith($"{name}: expected", error.Message);
            Assert.Contains(got, error.Message);
        }

        Refused("x", "(5, 6)", () => CausalConv.Forward(zeros(5, 6), weight));
        Refused("x", "(2, 0, 6)", () => CausalConv.Forward(zeros(2, 0, 6), weight));
        Refused("weight", "(5, 1, 4)", () => CausalConv.Forward(x, zeros(5, 1, 4)));
        Refused("weight", "(6, 4)", () => CausalConv.Forward(x, zeros(6, 4)));
        Refused("bias", "(1)", () => CausalConv.Forward(x, weight, zeros(1)));
        Refused("x", "(6, 5)", () => CausalConv.ForwardChannels(zeros(6, 5), weight));
        Refused("weight", "(6, 1, 4)", () => CausalConv.ForwardChannels(x, weight));
    }

    private static TokenKernel Kernel(bool silu, bool reverse) => new(
        x => CausalConvReference.Forward(x[0], x[1], x[2], silu, reverse),
        (width, x) => CausalConv.Forward(width, x[0], x[1], x[2], silu, reverse));

    private static TokenKernel ChannelKernel(bool silu, bool reverse) => new(
        x => CausalConvReference.ForwardChannels(x[0], x[1], x[2], silu, reverse),
        (width, x) => CausalConv.ForwardChannels(width, x[0], x[1], x[2], silu, reverse));

    private static (Tensor X, Tensor Weight, Tensor Bias) Problem(long batch, long tokens, long channels, long taps)
    {
        manual_seed(1);
        Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
        return (Random(batch, tokens, channels), Random(channels, 1, taps), Random(channels));
    }
}
