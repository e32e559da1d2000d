#if !TORCHSHARP
using System.Diagnostics;
using SegLstm.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training.Distributed;

/// <summary>Ranks on libtorch's own c10d, with Gloo.</summary>
/// <remarks>Sums of gradients have a process group of their own: their place among the exchanges of a backward pass may differ from
/// rank to rank, where one has no gradient of a parameter.</remarks>
internal sealed class GlooRanks : Ranks
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), MostUnread = TimeSpan.FromSeconds(30);

    private readonly distributed.ProcessGroup _gradients;
    private int _waits;
    private bool _failed;

    public GlooRanks(RankPlace place, TimeSpan timeout) : base(place.Rank, place.Count)
    {
        _gradients = Guard(() =>
        {
            distributed.init_process_group("gloo", $"tcp://{place.Address}:{place.Port}", timeout, place.Count, place.Rank);
            return distributed.new_group();
        });
    }

    public override void AfterFirst(Action work)
    {
        string key = $"waits/{_waits++}", seen = $"{key}/seen";
        if (IsFirst)
        {
            work();
            Guard(() => distributed.get_store().set(key, [1]));
            // The store goes with this process, which may be about to end: others are to have read it.
            var clock = Stopwatch.StartNew();
            while (Guard(() => distributed.get_store().add(seen, 0)) < Count - 1 && clock.Elapsed < MostUnread) Thread.Sleep(Pause / 4);
            return;
        }

        while (!Guard(() => distributed.get_store().check([key]))) Thread.Sleep(Pause);
        Guard(() => distributed.get_store().add(seen, 1));
    }

    // After a failure operations may still be waiting for a rank that will not answer: nobody is to wait for them.
    public override void Dispose()
    {
        if (_failed || !distributed.is_initialized()) return;
        distributed.destroy_process_group(_gradients);
        distributed.destroy_process_group();
    }

    internal override LostRankException? Lost(Exception fault)
    {
        if (fault is not distributed.DistError) return fault as LostRankException;
        _failed = true;
        return new LostRankException(fault.Message, fault);
    }

    internal override long Tally(string name, long more) => Guard(() => distributed.get_store().add(name, more));

    internal override void Sum(double[] values)
    {
        using Tensor all = tensor(values);
        Sum(all);
        all.data<double>().ToArray().CopyTo(values, 0);
    }

    internal override void Sum(Tensor tensor) => Guard(() => distributed.all_reduce(tensor));

    internal override Action BeginSum(Tensor tensor)
    {
        distributed.Work work = Guard(() => distributed.all_reduce(tensor, group: _gradients, async_op: true)!);
        return () =>
        {
            using (work) Guard(work.wait);
        };
    }

    internal override void Broadcast(Tensor tensor)
    {
        using var frozen = no_grad();
        // Types that Gloo does not know fit into others.
        ScalarType type = tensor.dtype switch
        {
            ScalarType.Bool => ScalarType.Byte,
            ScalarType.BFloat16 => ScalarType.Float32,
            ScalarType known => known,
        };
        if (type == tensor.dtype && tensor.is_contiguous())
        {
            Guard(() => distributed.broadcast(tensor, 0));
            return;
        }

        using Tensor dense = tensor.to(type, copy: true).contiguous();
        Guard(() => distributed.broadcast(dense, 0));
        tensor.copy_(dense);
    }

    internal override IDisposable Watch(Parameter parameter, Action<Tensor> tell) => GradientHook.Register(parameter, gradient =>
    {
        tell(gradient);
        return null;
    });

    internal override void JoinNorms(nn.Module model, bool joined)
    {
        if (joined)
        {
            nn.SyncBatchNorm.convert_sync_batchnorm(model);
            return;
        }

        foreach (BatchNorm norm in model.modules().OfType<BatchNorm>()) norm.process_group = null;
    }

    private void Guard(Action exchange) => Guard(() =>
    {
        exchange();
        return true;
    });

    private T Guard<T>(Func<T> exchange)
    {
        try
        {
            return exchange();
        }
        catch (distributed.DistError fault)
        {
            throw Lost(fault)!;
        }
    }
}
#endif
