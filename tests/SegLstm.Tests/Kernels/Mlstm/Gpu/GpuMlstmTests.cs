using SegLstm.Kernels.Gpu;
using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.Mlstm.Gpu;
using SegLstm.Tests.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Mlstm.Gpu;

public sealed class GpuMlstmTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 4, 3)]
    [InlineData(61, 16, 17)]
    [InlineData(64, 32, 31)]
    [InlineData(65, 5, 32)]
    [InlineData(131, 33, 48)]
    [InlineData(500, 16, 16)]
    public void The_device_computes_the_parallel_form_and_its_gradient_inside_of_its_memory(long tokens, long keys, long values)
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(tokens, keys, values, heads: 3);
        RoundToSingle(inputs);
        var h = inputs.Parallel();
        var (dq, dk, dv, di, df) = Named(inputs.Gradients(h));
        var (got, gradients) = Everything(new GuardedGpu(TestGpu.Device), inputs, 32);
        var (q, k, v, i, f) = Named(gradients);
        Close.Within(got, h, 5e-6, "h");
        Close.Within(q, dq, 2e-5, "gradient of q");
        Close.Within(k, dk, 2e-5, "gradient of k");
        Close.Within(v, dv, 2e-5, "gradient of v");
        // A single token's forget gate has no gradient, so both gates are measured by the larger.
        Close.Within(stack([i, f]), stack([di, df]), 2e-5, "gradients of the gates");
    }

    [Fact]
    public void The_size_of_a_group_does_not_change_a_bit()
    {
        using var scope = NewDisposeScope();
        var inputs = new MlstmInputs(70, 9, 35);
        var (h, gradients) = Everything(TestGpu.Device, inputs, 32);
        var (again, gradientsAgain) = Everything(TestGpu.Device, inputs, 8);
        Assert.Equal(h.bytes.ToArray(), again.bytes.ToArray());
        Assert.All(gradients.Zip(gradientsAgain), pair => Assert.Equal(pair.First.bytes.ToArray(), pair.Second.bytes.ToArray()));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    [InlineData(1e4)]
    [InlineData(-1e4)]
    public void Extreme_gates_stay_finite(double shift)
    {
        using var scope = NewDisposeScope();
        foreach (var tokens in new long[] { 1, 2, 70 })
        {
            var inputs = new MlstmInputs(tokens, gateScale: Math.Abs(shift), gateShift: shift);
            var (h, gradients) = Everything(TestGpu.Device, inputs, 32);
            Close.Finite(h, "h");
            Assert.All(gradients, gradient => Close.Finite(gradient, "gradient"));
        }
    }

    [Fact]
    public void The_weight_of_eps_takes_part_in_the_gradient()
    {
        using var scope = NewDisposeScope();
        const double eps = 0.5;
        var inputs = new MlstmInputs(80, 3, 5);
        var h = MlstmParallel.Forward(inputs.Q, inputs.K, inputs.V, inputs.I, inputs.F, eps: eps);
        var gradients = inputs.Gradients(h);
        var (got, gotGradients) = Everything(TestGpu.Device, inputs, 32, eps);
        Close.Within(got, h, 5e-6, "h");
        Assert.All(gradients.Zip(gotGradients), pair => Close.Within(pair.Second, pair.First, 2e-5, "gradient"));
    }

    [Fact]
    public void A_group_that_does_not_divide_a_tile_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new GpuMlstm(TestGpu.Device, 48));
        Assert.Contains("Expected a divisor of 64", error.Message);
    }

    private static void RoundToSingle(MlstmInputs inputs)
    {
        using var no = no_grad();
        foreach (var (_, leaf) in inputs.Leaves)
        {
            leaf.copy_(leaf.to(ScalarType.Float32));
        }
    }

    private static (Tensor Q, Tensor K, Tensor V, Tensor I, Tensor F) Named(Tensor[] x) => (x[0], x[1], x[2], x[3], x[4]);

    private static (Tensor H, Tensor[] Gradients) Everything(IGpu gpu, MlstmInputs inputs, int groupSize, double eps = 1e-6)
    {
        Tensor Ready(Tensor x) => x.detach().to(ScalarType.Float32).contiguous();
        var (q, k, v, i, f) = (Ready(inputs.Q), Ready(inputs.K), Ready(inputs.V), Ready(inputs.I), Ready(inputs.F));
        var mlstm = new GpuMlstm(gpu, groupSize, eps);
        var h = mlstm.Forward(q, k, v, i, f);
        var leaf = h.to(ScalarType.Float64).detach().requires_grad_();
        inputs.Loss(leaf).backward();
        return (h, mlstm.Backward(q, k, v, i, f, Ready(leaf.grad!)));
    }
}
