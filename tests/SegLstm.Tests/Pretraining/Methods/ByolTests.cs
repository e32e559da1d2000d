using SegLstm.Pretraining.Methods;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Methods;

public sealed class ByolTests
{
    [Fact]
    public void The_slow_copy_moves_behind_a_step_by_a_momentum_that_rises_to_one()
    {
        using var scope = NewDisposeScope();
        var method = new Byol(() => Trunks.Make("vil"), momentum: 0.6, hidden: 8, channels: 4);
        var (fast, slow) = (method.get_parameter("online_projector.0.weight")!, method.get_parameter("target_projector.0.weight")!);
        using (no_grad())
        {
            fast.add_(1);
        }

        foreach (var (step, momentum) in new[] { (5, 0.8), (10, 1.0) })
        {
            var before = slow.clone();
            method.Stepped(step, 10);
            Close.Within(slow, (momentum * before) + ((1 - momentum) * fast), 1e-5, $"step {step}");
        }
    }

    [Fact]
    public void Exchanged_views_lose_the_same()
    {
        using var scope = NewDisposeScope();
        var method = new Byol(() => Trunks.Make("vil"), hidden: 8, channels: 4);
        method.eval();
        using var quiet = no_grad();
        var batch = TileViews.Batch(3);
        var exchanged = batch with { First = batch.Second, Second = batch.First };
        Assert.Equal(method.call(batch).Total.item<float>(), method.call(exchanged).Total.item<float>(), 1e-5);
    }
}
