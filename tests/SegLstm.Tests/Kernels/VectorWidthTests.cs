using System.Runtime.Intrinsics;
using SegLstm.Benchmarks;
using SegLstm.Kernels;
using SegLstm.Kernels.Simd;
using static TorchSharp.torch;
using Cell = SegLstm.Kernels.Mlstm.Mlstm;

namespace SegLstm.Tests.Kernels;

public sealed class VectorWidthTests
{
    [Fact]
    public void The_widest_of_the_machine_is_taken_at_first()
    {
        Assert.Equal(VectorWidth.Available[^1], VectorWidth.Bits);
        Assert.Equal((int)LaneWidths.OfMachine, VectorWidth.Bits);
        Assert.Equal(Vector256.IsHardwareAccelerated, VectorWidth.Available.Contains(256));
        Assert.Equal(VectorWidth.Available.Order(), VectorWidth.Available);
    }

    [Fact]
    public void Kernels_and_limits_take_the_width_that_was_set_and_results_stay_the_same_to_rounding()
    {
        using var scope = NewDisposeScope();
        Tensor Tokens() => randn(1, 2, 100, 24);
        var (q, k, v, i, f) = (Tokens(), Tokens(), Tokens(), randn(1, 2, 100), randn(1, 2, 100) + 3);
        var widest = Cell.Forward(q, k, v, i, f);
        try
        {
            foreach (var bits in VectorWidth.Available)
            {
                VectorWidth.Bits = bits;
                Assert.Equal(bits, MachineLimits.Measure(1).VectorBits);
                Assert.True(Cell.Forward(q, k, v, i, f).allclose(widest, 1e-4, 1e-5));
                Assert.True(Cell.Forward((LaneWidth)bits, q, k, v, i, f, false, 64, 1e-6)
                    .eq(Cell.Forward(q, k, v, i, f)).all().item<bool>());
            }
        }
        finally
        {
            VectorWidth.Bits = VectorWidth.Available[^1];
        }
    }

    [Fact]
    public void Vectors_that_the_machine_lacks_are_refused()
    {
        var message = Assert.Throws<ArgumentOutOfRangeException>(() => VectorWidth.Bits = 100).Message;
        Assert.Contains("128", message);
        Assert.Contains("got 100", message);
    }
}
