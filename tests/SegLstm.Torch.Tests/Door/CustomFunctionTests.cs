using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Door;

#if !TORCHSHARP
public class CustomFunctionTests
{
    [Fact]
    public void A_hand_written_backward_gives_the_gradient()
    {
        using var x = torch.tensor(new[] { 1.0, 2.0, 3.0 }).requires_grad_();
        using var y = Cube.apply(x, 2.0);
        y.backward([torch.ones_like(y)]);
        Assert.Equal([2.0, 16.0, 54.0], y.data<double>().ToArray());
        Assert.Equal([6.0, 24.0, 54.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void An_exception_in_backward_comes_out_of_backward_as_itself()
    {
        using var x = torch.tensor(new[] { 1.0 }).requires_grad_();
        var y = Throwing.apply(x);
        var error = Assert.Throws<NotSupportedException>(() => y.backward());
        Assert.Equal("no gradient of this", error.Message);
    }

    [Fact]
    public void A_graph_can_be_run_twice_when_it_is_retained_and_not_otherwise()
    {
        using var x = torch.tensor(new[] { 2.0 }).requires_grad_();
        using var y = Cube.apply(x, 1.0);
        y.backward([torch.ones_like(y)], retain_graph: true);
        y.backward([torch.ones_like(y)]);
        Assert.Equal(24.0, x.grad!.item<double>());
        Assert.ThrowsAny<Exception>(() => y.backward([torch.ones_like(y)]));
    }

    [Fact]
    public void Nothing_is_recorded_under_no_grad()
    {
        using var x = torch.tensor(new[] { 2.0 }).requires_grad_();
        using (torch.no_grad())
        {
            using var y = Cube.apply(x, 1.0);
            Assert.False(y.requires_grad);
        }
    }

    [Fact]
    public void Dropped_graphs_free_their_contexts()
    {
        WeakReference dropped = MakeAndDrop();
        for (int k = 0; k < 10 && dropped.IsAlive; k++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(dropped.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference MakeAndDrop()
    {
        var payload = new object();
        using var x = torch.tensor(new[] { 2.0 }).requires_grad_();
        using var y = Keeping.apply(x, payload);
        return new WeakReference(payload);
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return Ops.Scale(Ops.Multiply(Ops.Multiply(x, x), x), (double)vars[1]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var x = ctx.get_saved_variables()[0];
            return [Ops.Scale(Ops.Multiply(grad_output, Ops.Multiply(x, x)), 3 * (double)ctx.get_data("factor")!), null!];
        }
    }

    private sealed class Throwing : autograd.SingleTensorFunction<Throwing>
    {
        public override string Name => nameof(Throwing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => Ops.Scale((Tensor)vars[0], 2);

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            throw new NotSupportedException("no gradient of this");
    }

    private sealed class Keeping : autograd.SingleTensorFunction<Keeping>
    {
        public override string Name => nameof(Keeping);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("payload", vars[1]);
            return Ops.Scale((Tensor)vars[0], 2);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output];
    }

    private static class Ops
    {
        private static readonly SegLstm.Torch.Operator Mul = new("aten::mul", "Tensor");
        private static readonly SegLstm.Torch.Operator MulScalar = new("aten::mul", "Scalar");

        internal static Tensor Multiply(Tensor a, Tensor b) => Mul.Invoke(a, b);

        internal static Tensor Scale(Tensor a, double factor) => MulScalar.Invoke(a, factor);
    }
}
#endif
