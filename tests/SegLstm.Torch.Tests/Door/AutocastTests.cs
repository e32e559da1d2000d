#if !TORCHSHARP
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Torch.Tests.Door;

public class AutocastTests
{
    [Fact]
    public void Products_and_convolutions_are_bfloat16_inside_and_float32_outside_and_other_operators_keep_their_type()
    {
        using var scope = NewDisposeScope();
        Tensor a = rand(4, 4), image = rand(1, 2, 5, 5), kernel = rand(3, 2, 3, 3);
        using (autocast(DeviceType.CPU))
        {
            Assert.True(is_autocast_enabled(DeviceType.CPU));
            Assert.Equal(ScalarType.BFloat16, a.mm(a).dtype);
            Assert.Equal(ScalarType.BFloat16, nn.functional.linear(a, a).dtype);
            Assert.Equal(ScalarType.BFloat16, nn.functional.conv2d(image, kernel).dtype);
            Assert.Equal(ScalarType.Float32, (a + a).dtype);
            using (autocast(DeviceType.CPU, enabled: false))
            {
                Assert.False(is_autocast_enabled(DeviceType.CPU));
                Assert.Equal(ScalarType.Float32, a.mm(a).dtype);
            }

            Assert.Equal(ScalarType.BFloat16, a.mm(a).dtype);
        }

        Assert.False(is_autocast_enabled(DeviceType.CPU));
        Assert.Equal(ScalarType.Float32, a.mm(a).dtype);
    }

    [Fact]
    public void Gradients_of_weights_are_float32_and_those_of_the_rounded_product()
    {
        using var scope = NewDisposeScope();
        Tensor x = rand(8, 16), weight = rand(16, 3).requires_grad_();
        Tensor y;
        using (autocast(DeviceType.CPU)) y = x.mm(weight);
        y.to(ScalarType.Float32).sum().backward();
        Assert.Equal(ScalarType.Float32, weight.grad!.dtype);
        Tensor expected = x.sum(dim: 0).unsqueeze(1).expand(16, 3);
        Assert.True((weight.grad - expected).abs().max().item<float>() < 0.01 * expected.max().item<float>());
    }

    // A weight is cast once while autocast is open. Kept longer, the cast would hide a step.
    [Fact]
    public void A_weight_that_has_changed_is_cast_anew_in_the_next_scope()
    {
        using var scope = NewDisposeScope();
        Tensor x = ones(1, 1), weight = ones(1, 1).requires_grad_();
        Assert.Equal(1, Product());
        using (no_grad()) weight.fill_(3);
        Assert.Equal(3, Product());

        float Product()
        {
            using var mixed = autocast(DeviceType.CPU);
            return x.mm(weight).to(ScalarType.Float32).item<float>();
        }
    }

    [Fact]
    public void Another_thread_is_not_touched_and_may_not_leave_the_scope()
    {
        IDisposable open = autocast(DeviceType.CPU);
        bool inside = true;
        Exception? refused = null;
        var thread = new Thread(() =>
        {
            inside = is_autocast_enabled(DeviceType.CPU);
            refused = Record.Exception(open.Dispose);
        });
        thread.Start();
        thread.Join();
        Assert.False(inside);
        Assert.Contains("do not await", Assert.IsType<InvalidOperationException>(refused).Message);
        open.Dispose();
        open.Dispose();
        Assert.False(is_autocast_enabled(DeviceType.CPU));
    }

    [Fact]
    public void What_libtorch_has_no_lists_for_is_refused_and_nothing_is_changed()
    {
        Assert.Throws<NotSupportedException>(() => autocast(DeviceType.CUDA));
        Assert.Throws<NotSupportedException>(() => is_autocast_enabled(DeviceType.CUDA));
        Assert.Throws<ExternalException>(() => autocast(DeviceType.CPU, ScalarType.Float64));
        using var scope = NewDisposeScope();
        Tensor a = rand(2, 2);
        Assert.False(is_autocast_enabled(DeviceType.CPU));
        Assert.Equal(ScalarType.Float32, a.mm(a).dtype);
        using (autocast(DeviceType.CPU)) Assert.Equal(ScalarType.BFloat16, a.mm(a).dtype);
    }
}
#endif
