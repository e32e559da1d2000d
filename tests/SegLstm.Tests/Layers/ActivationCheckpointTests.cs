using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public sealed class ActivationCheckpointTests
{
    [Fact]
    public void Gradients_are_those_of_the_block_also_with_dropout()
    {
        using var scope = NewDisposeScope();
        using var linear = nn.Linear(6, 6, dtype: ScalarType.Float64);
        var start = rand([4, 6], dtype: ScalarType.Float64);
        var (plain, plainWeight) = Gradients(enabled: false);
        var (again, againWeight) = Gradients(enabled: true);
        Assert.Equal(0, Close.Error(again, plain));
        Assert.Equal(0, Close.Error(againWeight, plainWeight));

        (Tensor, Tensor) Gradients(bool enabled)
        {
            manual_seed(5);
            linear.zero_grad();
            var x = start.clone().requires_grad_();
            var y = ActivationCheckpoint.Run(enabled, t => nn.functional.dropout(linear.forward(t).tanh(), 0.5, training: true), x);
            // A draw between forward and backward: the block is computed again with its own numbers, and the sequence goes on.
            var next = rand([1], dtype: ScalarType.Float64);
            (y * y).sum().backward();
            Assert.NotEqual(next.item<double>(), rand([1], dtype: ScalarType.Float64).item<double>());
            return (x.grad!.clone(), linear.weight!.grad!.clone());
        }
    }

    [Fact]
    public void Blocks_of_several_tensors_work_and_an_input_without_gradient_has_none()
    {
        using var scope = NewDisposeScope();
        var a = rand([3], dtype: ScalarType.Float64).requires_grad_();
        var b = rand([3], dtype: ScalarType.Float64);
        var outputs = ActivationCheckpoint.Run(true, inputs => [inputs[0] * inputs[1], inputs[0].exp()], [a, b]);
        (outputs[0].sum() + (2 * outputs[1].sum())).backward();
        Assert.True(Close.Error(a.grad!, b + (2 * a.detach().exp())) < 1e-12);
        Assert.Null(b.grad);
    }

    [Fact]
    public void Running_statistics_move_once_and_the_gradients_are_those_of_the_block()
    {
        using var scope = NewDisposeScope();
        var (plain, again) = (nn.BatchNorm2d(3, dtype: ScalarType.Float64), nn.BatchNorm2d(3, dtype: ScalarType.Float64));
        var x = rand([2, 3, 4, 4], dtype: ScalarType.Float64);
        var (a, b) = (x.clone().requires_grad_(), x.clone().requires_grad_());
        plain.forward(a).exp().sum().backward();
        ActivationCheckpoint.Run(true, t => ActivationCheckpoint.Normalise(again, t).exp(), b).sum().backward();
        Close.Within(b.grad!, a.grad!, 1e-12, "gradient");
        Assert.Equal(0, Close.Error(again.running_var!, plain.running_var!));
        Assert.Equal(1, again.num_batches_tracked!.item<long>());
        // Outside of a backward pass they move as ever.
        ActivationCheckpoint.Normalise(again, x);
        Assert.Equal(2, again.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Nothing_is_recorded_where_no_gradient_is_wanted()
    {
        using var scope = NewDisposeScope();
        Assert.False(ActivationCheckpoint.Run(true, x => x * 2, rand([2])).requires_grad);
    }
}
