#if !TORCHSHARP
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Distributed;

public class ProcessGroupTests
{
    [Fact]
    public void All_reduce_gives_every_rank_the_same_sum() => Ranks.Run(3, group =>
    {
        using Tensor x = full([1000], group.rank() + 1, ScalarType.Float32);
        distributed.all_reduce(x, group: group);
        Assert.Equal(6.0f, x.min().item<float>());
        Assert.Equal(6.0f, x.max().item<float>());
    });

    [Theory]
    [InlineData(distributed.ReduceOp.PRODUCT, 6L)]
    [InlineData(distributed.ReduceOp.MIN, 2L)]
    [InlineData(distributed.ReduceOp.MAX, 3L)]
    public void All_reduce_knows_other_reductions(distributed.ReduceOp op, long expected) => Ranks.Run(2, group =>
    {
        using Tensor x = tensor(new[] { group.rank() + 2L });
        distributed.all_reduce(x, op, group);
        Assert.Equal(expected, x.item<long>());
    });

    [Fact]
    public void Broadcast_gives_every_rank_the_tensor_of_one() => Ranks.Run(2, group =>
    {
        using Tensor x = full([4], group.rank(), ScalarType.Float64);
        distributed.broadcast(x, 1, group);
        Assert.Equal(4.0, x.sum().item<double>());
    });

    [Fact]
    public void All_gather_gives_every_rank_the_tensors_of_all() => Ranks.Run(2, group =>
    {
        Tensor[] rows = [zeros(2), zeros(2)];
        distributed.all_gather(rows, full([2], group.rank() + 5, ScalarType.Float32), group);
        Assert.Equal([10, 12], rows.Select(row => row.sum().item<float>()));
    });

    [Fact]
    public void Asynchronous_works_are_done_when_they_were_waited_for() => Ranks.Run(2, group =>
    {
        Tensor[] all = [.. Enumerable.Range(0, 8).Select(k => full([1 << 14], k, ScalarType.Float32))];
        distributed.Work[] works = [.. all.Select(x => distributed.all_reduce(x, group: group, async_op: true)!)];
        foreach (distributed.Work work in works)
        {
            work.wait();
            Assert.True(work.is_completed());
            work.Dispose();
        }

        Assert.Equal(Enumerable.Range(0, 8).Select(k => 2.0f * k), all.Select(x => x.max().item<float>()));
    });

    [Fact]
    public void A_barrier_waits_for_the_last()
    {
        int come = 0;
        Ranks.Run(2, group =>
        {
            if (group.rank() == 1) Thread.Sleep(200);
            Interlocked.Increment(ref come);
            distributed.barrier(group);
            Assert.Equal(2, Volatile.Read(ref come));
        });
    }

    [Fact]
    public void A_tensor_whose_elements_are_apart_is_refused() => Ranks.Run(1, group =>
    {
        using Tensor x = zeros(4, 4).t();
        Assert.Contains("contiguous()", Assert.Throws<ArgumentException>(() => distributed.all_reduce(x, group: group)).Message);
    });

    [Fact]
    public void A_source_that_there_is_not_is_refused() => Ranks.Run(2, group =>
    {
        using Tensor x = zeros(4);
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => distributed.broadcast(x, 2, group)).Message;
        Assert.Contains("expected 0 to 1", message);
    });

    [Fact]
    public void A_rank_that_leaves_is_an_error_of_those_that_wait_for_it()
    {
        // Left earlier, it would be one that the other could not connect to.
        using var connected = new ManualResetEventSlim();
        Exception?[] faults = Ranks.Try(2, group =>
        {
            if (group.rank() == 1)
            {
                connected.Wait(TimeSpan.FromSeconds(20));
                return;
            }

            connected.Set();
            using Tensor x = zeros(1 << 16);
            distributed.all_reduce(x, group: group);
        });
        Assert.Null(faults[1]);
        Assert.Contains("Rank 0 of 2 could not finish all_reduce", Assert.IsType<distributed.DistError>(faults[0]).Message);
    }

    [Fact]
    public void A_rank_that_does_nothing_is_an_error_after_the_timeout()
    {
        using var done = new ManualResetEventSlim();
        Exception?[] faults = Ranks.Try(2, group =>
        {
            if (group.rank() == 1)
            {
                done.Wait(TimeSpan.FromSeconds(20));
                return;
            }

            try
            {
                using Tensor x = zeros(16);
                distributed.all_reduce(x, group: group);
            }
            finally
            {
                done.Set();
            }
        }, timeout: TimeSpan.FromSeconds(1));
        Assert.Contains("Timed out", Assert.IsType<distributed.DistError>(faults[0]).Message);
    }

    [Fact]
    public void A_type_that_gloo_does_not_know_is_an_error_of_every_rank()
    {
        Exception?[] faults = Ranks.Try(2, group =>
        {
            using Tensor x = zeros([4], ScalarType.BFloat16);
            distributed.all_reduce(x, group: group);
        });
        Assert.All(faults, fault => Assert.IsType<distributed.DistError>(fault));
    }
}
#endif
