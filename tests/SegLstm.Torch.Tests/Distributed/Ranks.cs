#if !TORCHSHARP
using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Distributed;

/// <summary>Ranks as threads, joined by real stores and Gloo over the loopback device.</summary>
internal static class Ranks
{
    /// <summary>Runs work on each of some ranks and throws what the first of them threw.</summary>
    public static void Run(int count, Action<distributed.ProcessGroup> work, TimeSpan? timeout = null)
    {
        Exception?[] faults = Try(count, work, timeout);
        if (faults.FirstOrDefault(fault => fault is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>Runs work on each of some ranks and gives what each threw.</summary>
    public static Exception?[] Try(int count, Action<distributed.ProcessGroup> work, TimeSpan? timeout = null)
    {
        using var kept = new distributed.TCPStore("127.0.0.1", 0, is_master: true);
        var faults = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                using var store = new distributed.TCPStore("127.0.0.1", kept.port);
                using var group = new distributed.ProcessGroup(
                    store, "test", rank, count, timeout ?? TimeSpan.FromSeconds(30), null, "127.0.0.1");
                work(group);
            }
            catch (Exception fault)
            {
                faults[rank] = fault;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return faults;
    }
}
#endif
