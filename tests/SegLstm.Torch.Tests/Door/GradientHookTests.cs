#if !TORCHSHARP
using SegLstm.Torch;
using TorchSharp;

namespace SegLstm.Tests.Torch.Door;

public class GradientHookTests
{
    private static readonly Operator Multiply = new("aten::mul", "Scalar");

    [Fact]
    public void A_hook_sees_the_gradient_and_may_replace_it()
    {
        using var x = torch.tensor(new[] { 1.0, 2.0 }).requires_grad_();
        double[] seen = [];
        using (GradientHook.Register(x, grad =>
        {
            seen = grad.data<double>().ToArray();
            return Multiply.Invoke(grad, 10.0);
        }))
        {
            using var y = Multiply.Invoke(x, 3.0);
            y.backward([torch.ones_like(y)]);
        }
        Assert.Equal([3.0, 3.0], seen);
        Assert.Equal([30.0, 30.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void A_removed_hook_is_not_called()
    {
        using var x = torch.tensor(new[] { 1.0 }).requires_grad_();
        int calls = 0;
        GradientHook.Register(x, _ => { calls++; return null; }).Dispose();
        using var y = Multiply.Invoke(x, 3.0);
        y.backward();
        Assert.Equal(0, calls);
    }

    [Fact]
    public void An_exception_in_a_hook_comes_out_of_backward_as_itself()
    {
        using var x = torch.tensor(new[] { 1.0 }).requires_grad_();
        using var hook = GradientHook.Register(x, _ => throw new FormatException("from the hook"));
        using var y = Multiply.Invoke(x, 3.0);
        Assert.Equal("from the hook", Assert.Throws<FormatException>(() => y.backward()).Message);
    }
}
#endif
