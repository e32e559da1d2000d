using SegLstm.Kernels.DepthwiseConv.Gpu;
using SegLstm.Tests.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.DepthwiseConv.Gpu;

public sealed class GpuDepthwiseConvTests
{
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(2, 5, 4)]
    [InlineData(61, 33, 4)]
    [InlineData(130, 3, 1)]
    public void The_device_computes_libtorchs_causal_convolution_and_its_gradient_inside_of_its_memory(
        int tokens, int channels, int taps)
    {
        foreach (var (silu, hasBias) in new[] { (true, true), (false, false) })
        {
            AssertSame(ConvWindow.Causal(tokens, taps), channels, silu, hasBias, [channels, 1, taps], (x, weight, bias) =>
                nn.functional.conv1d(x.transpose(1, 2), weight, bias, padding: taps - 1, groups: channels)
                    .narrow(2, 0, tokens).transpose(1, 2));
        }
    }

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(1, 7, 3)]
    [InlineData(9, 11, 33)]
    public void The_device_computes_libtorchs_convolution_on_a_grid_and_its_gradient_inside_of_its_memory(
        int rows, int columns, int channels)
    {
        foreach (var (silu, hasBias) in new[] { (true, false), (false, true) })
        {
            AssertSame(ConvWindow.Around(rows, columns, 3), channels, silu, hasBias, [channels, 1, 3, 3], (x, weight, bias) =>
                nn.functional.conv2d(
                        x.transpose(1, 2).reshape(x.shape[0], channels, rows, columns), weight, bias, padding: [1, 1],
                        groups: channels)
                    .flatten(2).transpose(1, 2));
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var conv = new GpuDepthwiseConv(TestGpu.Device, ConvWindow.Causal(5, 4), silu: true);
        void Refused(string message, Tensor x, Tensor weight, Tensor? bias) => Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => conv.Forward(x, weight, bias)).Message);
        Refused("x: expected (B, 5, E), got (1, 6, 2)", zeros(1, 6, 2), zeros(2, 1, 4), null);
        Refused("weight: expected 2 windows of 4 by 1 taps, got (2, 1, 3)", zeros(1, 5, 2), zeros(2, 1, 3), null);
        Refused("bias: expected (2), got (3)", zeros(1, 5, 2), zeros(2, 1, 4), zeros(3));
    }

    private static void AssertSame(
        ConvWindow window, int channels, bool silu, bool hasBias, long[] weightShape,
        Func<Tensor, Tensor, Tensor?, Tensor> reference)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor Leaf(params long[] shape) => randn(shape, dtype: ScalarType.Float64).requires_grad_();
        var (x, weight) = (Leaf(2, window.Rows * window.Columns, channels), Leaf(weightShape));
        var bias = hasBias ? Leaf(channels) : null;
        var y = reference(x, weight, bias);
        y = silu ? nn.functional.silu(y) : y;
        var gradient = randn_like(y);
        (y * gradient).sum().backward();

        Tensor Single(Tensor t) => t.detach().to(ScalarType.Float32).contiguous();
        var conv = new GpuDepthwiseConv(new GuardedGpu(TestGpu.Device), window, silu, groupSize: 7);
        var single = (X: Single(x), Weight: Single(weight), Bias: bias is null ? null : Single(bias));
        Close.Within(conv.Forward(single.X, single.Weight, single.Bias), y, 2e-6, "y");
        var (dx, dw, db) = conv.Backward(single.X, single.Weight, single.Bias, Single(gradient));
        Close.Within(dx, x.grad!, 2e-6, "gradient of x");
        Close.Within(dw, weight.grad!, 2e-6, "gradient of weight");
        Assert.Equal(hasBias, db is not null);
        if (db is not null)
        {
            Close.Within(db, bias!.grad!, 2e-6, "gradient of bias");
        }
    }
}
