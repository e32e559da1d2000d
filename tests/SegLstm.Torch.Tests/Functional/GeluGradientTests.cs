using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Functional;

public class GeluGradientTests
{
    // libtorch 1.13 with oneDNN gave memory that nobody wrote: other numbers in each run, NaN among them.
    [Theory]
    [InlineData(1, 8, 64)]
    [InlineData(2, 33, 20)]
    public void The_gradient_of_a_transposed_GELU_is_that_of_double_precision(long batch, long tokens, long width)
    {
        using var scope = NewDisposeScope();
        var x = randn([batch, tokens, width]);
        var weight = randn([batch, width, tokens]);
        Tensor Gradient(ScalarType type, Func<Tensor, Tensor> gelu)
        {
            var leaf = x.to_type(type).clone().requires_grad_();
            (gelu(leaf).transpose(1, 2) * weight.to_type(type)).sum().backward();
            return leaf.grad!;
        }

        var exact = Gradient(ScalarType.Float64, t => t.gelu());
        foreach (var (name, gelu) in new (string, Func<Tensor, Tensor>)[]
            {
                ("method", t => t.gelu()), ("function", t => nn.functional.gelu(t)), ("module", t => nn.GELU().forward(t)),
                ("in place", t => (t * 1).gelu_()),
            })
        {
            for (var run = 0; run < 5; run++)
            {
                using var garbage = full([batch, tokens, width], double.NaN);
                garbage.Dispose();
                var error = (Gradient(ScalarType.Float32, gelu) - exact).abs().max().item<double>();
                Assert.True(error < 1e-5, $"{name}, run {run}: off by {error}");
            }
        }
    }

    // What the thread made: other tests run beside this one.
    [Fact]
    public void A_GELU_that_is_dropped_leaves_nothing_behind()
    {
        Pass();
        var before = Living();
        for (var i = 0; i < 10; i++) Pass();
        Assert.Equal(before, Living());

        static long Living() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        static void Pass()
        {
            using var scope = NewDisposeScope();
            var x = randn([3, 4]).requires_grad_();
            using (NewDisposeScope()) x.gelu().t().sum().backward();
        }
    }
}
