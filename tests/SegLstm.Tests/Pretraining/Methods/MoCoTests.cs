using SegLstm.Pretraining.Methods;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Methods;

public sealed class MoCoTests
{
    [Fact]
    public void Keys_enter_the_queue_at_its_pointer_which_wraps_where_no_whole_number_of_batches_fits()
    {
        using var scope = NewDisposeScope();
        var method = Make(queue: 7);
        var batch = TileViews.Batch(3);
        var pointers = new List<long>();
        for (var step = 0; step < 4; step++)
        {
            var before = method.get_buffer("queue")!.clone();
            method.call(batch);
            var changed = (before - method.get_buffer("queue")!).abs().sum([0]).gt(0).data<bool>().ToArray();
            var begin = pointers.LastOrDefault();
            Assert.Equal(
                Enumerable.Range(0, 3).Select(k => (begin + k) % 7).Order(),
                changed.Index().Where(column => column.Item).Select(column => (long)column.Index));
            pointers.Add(method.get_buffer("queue_ptr")!.item<long>());
        }

        Assert.Equal([3, 6, 2, 5], pointers);
        var lengths = method.get_buffer("queue")!.square().sum([0]).sqrt();
        Close.Within(lengths, ones(7), 1e-5, "lengths of keys");
    }

    [Fact]
    public void The_slow_copy_starts_equal_and_moves_in_front_of_the_forward_pass_by_the_momentum()
    {
        using var scope = NewDisposeScope();
        var method = Make(queue: 6);
        const string Name = "backbone.layer1.0.conv1.weight";
        var (fast, slow) = (method.get_parameter($"encoder_q.{Name}")!, method.get_parameter($"encoder_k.{Name}")!);
        Assert.Equal(0, Close.Error(slow, fast));
        var start = slow.clone();
        using (no_grad())
        {
            fast.add_(1);
        }

        method.call(TileViews.Batch(3));
        Close.Within(slow, (0.9 * start) + (0.1 * fast), 1e-5, "key encoder");
    }

    [Fact]
    public void A_batch_larger_than_the_queue_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("2 places", Assert.Throws<ArgumentException>(() => Make(queue: 2).call(TileViews.Batch(3))).Message);
    }

    private static MoCo Make(int queue) =>
        new(() => Trunks.Make("resnet"), new MoCoOptions { QueueLength = queue, Channels = 8, Momentum = 0.9 });
}
