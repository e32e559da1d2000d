#if !TORCHSHARP
using SegLstm.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Distributed;

public class RendezvousTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300), Patient = TimeSpan.FromSeconds(10);

    [Fact]
    public void Ranks_that_do_not_come_are_named()
    {
        using var store = new distributed.TCPStore("127.0.0.1", 0, is_master: true);
        var place = new Rendezvous("127.0.0.1", store.port, 0, 3);
        string message = Assert.Throws<distributed.DistError>(() => place.Meet(store, "a", Short)).Message;
        Assert.Contains("Rank 0 of 3 waited 0.3 s for ranks 1, 2, which did not come", message);
    }

    [Fact]
    public void A_rank_that_comes_twice_is_refused()
    {
        using var store = new distributed.TCPStore("127.0.0.1", 0, is_master: true);
        new Rendezvous("127.0.0.1", store.port, 0, 1).Meet(store, "b", Short);
        string message = Assert.Throws<distributed.DistError>(
            () => new Rendezvous("127.0.0.1", store.port, 0, 1).Meet(store, "b", Short)).Message;
        Assert.Contains("Two processes are rank 0 of 1", message);
    }

    [Fact]
    public void A_rank_that_finds_no_rank_0_says_where_it_looked()
    {
        int port;
        using (var gone = new distributed.TCPStore("127.0.0.1", 0, is_master: true)) port = gone.port;
        string message = Assert.Throws<distributed.DistError>(() => new Rendezvous("127.0.0.1", port, 1, 2).Open(Short)).Message;
        Assert.Contains($"Rank 1 of 2 did not find rank 0: No store answered at 127.0.0.1:{port} within 0.3 s", message);
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error()
    {
        using var first = new distributed.TCPStore("127.0.0.1", 0, is_master: true);
        string message = Assert.Throws<distributed.DistError>(
            () => new Rendezvous("127.0.0.1", first.port, 0, 2).Open(Patient)).Message;
        Assert.Contains($"No store could be opened at port {first.port}", message);
    }

    [Theory]
    [InlineData("http://here:1", 0, 1, "expected env:// or tcp://host:port")]
    [InlineData("tcp://here", 0, 1, "expected env:// or tcp://host:port")]
    [InlineData("tcp://here:1", 2, 2, "Rank 2 of 2 processes")]
    [InlineData("tcp://here:1", 0, -1, "Rank 0 of -1 processes")]
    public void A_job_that_there_cannot_be_is_refused(string method, int rank, int size, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Rendezvous.Of(method, null, rank, size)).Message);

    [Fact]
    public void A_variable_that_is_missing_is_named() =>
        Assert.Contains("The variable RANK is not set", Assert.Throws<ArgumentException>(() => Rendezvous.Of(null, null, -1, 2)).Message);

    [Fact]
    public void A_store_keeps_what_others_read()
    {
        using var store = new distributed.TCPStore("127.0.0.1", 0, is_master: true, Patient);
        using var other = new distributed.TCPStore("127.0.0.1", store.port, timeout: Patient);
        store.set("key", [1, 2, 0, 3]);
        Assert.Equal([1, 2, 0, 3], other.get("key"));
        Assert.Equal(5, store.add("number", 5));
        Assert.Equal(7, other.add("number", 2));
        Assert.True(other.check(["key"]));
        Assert.False(other.check(["key", "none"]));
        Assert.Contains("'none'", Assert.Throws<distributed.DistError>(() => other.wait(["none"], Short)).Message);
    }

    [Fact]
    public void A_store_whose_keeper_is_gone_is_an_error()
    {
        var store = new distributed.TCPStore("127.0.0.1", 0, is_master: true, Patient);
        using var other = new distributed.TCPStore("127.0.0.1", store.port, timeout: Patient);
        store.Dispose();
        Assert.Throws<distributed.DistError>(() => other.set("key", [1]));
    }

    [Fact]
    public void A_keeper_that_goes_as_soon_as_others_have_come_does_not_end_their_process()
    {
        for (int round = 0; round < 100; round++)
        {
            var store = new distributed.TCPStore("127.0.0.1", 0, is_master: true, Patient);
            int port = store.port;
            var others = new distributed.TCPStore[4];
            Parallel.For(0, others.Length, k => others[k] = new distributed.TCPStore("127.0.0.1", port, timeout: Patient));
            store.Dispose();
            Assert.All(others, other => Assert.Throws<distributed.DistError>(() => other.get("key")));
            Array.ForEach(others, other => other.Dispose());
        }
    }

    [Fact]
    public void A_process_joins_and_leaves_and_joins_again()
    {
        for (int round = 0; round < 2; round++)
        {
            using var store = new distributed.TCPStore("127.0.0.1", 0, is_master: true);
            distributed.init_process_group(rank: 0, world_size: 1, store: store);
            Assert.Throws<InvalidOperationException>(() => distributed.init_process_group(rank: 0, world_size: 1, store: store));
            using Tensor x = ones(3);
            distributed.all_reduce(x);
            using distributed.ProcessGroup second = distributed.new_group();
            distributed.barrier(second);
            Assert.Equal((1, 0, "gloo"), (distributed.get_world_size(), distributed.get_rank(), distributed.get_backend()));
            distributed.destroy_process_group();
            Assert.False(distributed.is_initialized());
        }

        Assert.Throws<InvalidOperationException>(() => distributed.get_rank());
    }
}
#endif
