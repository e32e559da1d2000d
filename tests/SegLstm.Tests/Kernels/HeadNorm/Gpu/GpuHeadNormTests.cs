using SegLstm.Kernels.HeadNorm.Gpu;
using SegLstm.Tests.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.HeadNorm.Gpu;

public sealed class GpuHeadNormTests
{
    [Theory]
    [InlineData(1, 1, 1, 2, true)]
    [InlineData(2, 3, 61, 17, true)]
    [InlineData(3, 2, 50, 96, false)]
    public void The_device_computes_libtorchs_group_norm_and_its_gradient_inside_of_its_memory(
        int batch, int heads, int tokens, int width, bool hasBias)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor Leaf(params long[] shape) => (randn(shape, dtype: ScalarType.Float64) + 1).requires_grad_();
        var (x, weight, bias) = (Leaf(batch, heads, tokens, width), Leaf(heads * width), hasBias ? Leaf(heads * width) : null);
        var rows = x.transpose(1, 2).reshape(batch * tokens, heads * width);
        var y = nn.functional.group_norm(rows, heads, weight, bias, 1e-5).view(batch, tokens, heads * width);
        var gradient = randn_like(y);
        (y * gradient).sum().backward();

        Tensor Single(Tensor t) => t.detach().to(ScalarType.Float32).contiguous();
        var norm = new GpuHeadNorm(new GuardedGpu(TestGpu.Device), groupSize: 7);
        var single = (X: Single(x), Weight: Single(weight), Bias: bias is null ? null : Single(bias));
        Close.Within(norm.Forward(single.X, single.Weight, single.Bias), y, 2e-6, "y");
        var (dx, dw, db) = norm.Backward(single.X, single.Weight, single.Bias, Single(gradient));
        // Of a head of two channels nearly nothing is left to descend.
        Assert.InRange((dx - x.grad!).abs().max().item<double>(), 0, 2e-6 * Math.Max(x.grad!.abs().max().item<double>(), 1));
        Close.Within(dw, weight.grad!, 2e-6, "gradient of weight");
        Assert.Equal(hasBias, db is not null);
        if (db is not null)
        {
            Close.Within(db, bias!.grad!, 2e-6, "gradient of bias");
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var norm = new GpuHeadNorm(TestGpu.Device);
        var error = Assert.Throws<ArgumentException>(() => norm.Forward(zeros(1, 2, 3, 4), zeros(7), null));
        Assert.Equal("weight: expected (8), got (7). (Parameter 'weight')", error.Message);
    }
}
