using SegLstm.Data;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class PrefetcherTests
{
    [Fact]
    public void Any_number_of_workers_gives_the_same_batches_jumps_included()
    {
        using var scope = NewDisposeScope();
        long[] order = [0, 1, 2, 3, 7, 8, 3, 4, 0];
        List<long[]> results = [];
        foreach (int workers in new[] { 0, 1, 5 })
        {
            using var data = new SlowItems(10);
            using var batches = new Batches(data, 4, new SeedStreams(2), workers);
            results.Add([.. order.SelectMany(batch => batches[batch, CPU].Label.flatten().data<long>().ToArray())]);
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void No_more_items_wait_than_two_batches()
    {
        using var data = new SlowItems(1000);
        using (var prefetcher = new Prefetcher(data, position => (0, position), 3, ahead: 6))
        {
            foreach (Tensor tensor in prefetcher.Take(0).Values) tensor.Dispose();
            Thread.Sleep(200);
            Assert.InRange(data.Made, 6, 7);
        }

        int made = data.Made;
        Thread.Sleep(50);
        Assert.Equal(made, data.Made);
    }

    [Fact]
    public void A_fault_comes_where_its_item_is_asked_for_and_the_others_still_come()
    {
        using var data = new SlowItems(20) { Broken = 5 };
        using var prefetcher = new Prefetcher(data, position => (0, position), 2, ahead: 4);
        for (long i = 0; i < 5; i++) Assert.Equal(i, Label(prefetcher.Take(i)));
        for (int again = 0; again < 2; again++)
            Assert.Contains("item 5 is broken", Assert.Throws<InvalidDataException>(() => prefetcher.Take(5)).Message);
        Assert.Equal(6, Label(prefetcher.Take(6)));
    }

    [Fact]
    public void Workers_make_items_while_others_are_used_and_waiting_is_measured()
    {
        using var scope = NewDisposeScope();
        using var data = new SlowItems(100) { Milliseconds = 5 };
        using var none = new Batches(data, 4, new SeedStreams(1));
        using var two = new Batches(data, 4, new SeedStreams(1), workers: 2);
        for (int batch = 0; batch < 8; batch++)
        {
            _ = none[batch, CPU];
            _ = two[batch, CPU];
            Thread.Sleep(20);
        }

        Assert.True(none.Waited > TimeSpan.FromMilliseconds(140), $"{none.Waited}");
        Assert.True(two.Waited < 0.5 * none.Waited, $"{two.Waited} of {none.Waited}");
    }

    private static long Label(Dictionary<string, Tensor> item)
    {
        long label = item["label"].item<long>();
        foreach (Tensor tensor in item.Values) tensor.Dispose();
        return label;
    }

    // Item i of epoch e is 1000 e + i; early items take longer, so that they would come last.
    private sealed class SlowItems(int count) : KeyedDataset
    {
        private int _made;

        public int Made => _made;

        public int Broken { get; init; } = -1;

        public int Milliseconds { get; init; } = 1;

        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long epoch, long index)
        {
            Interlocked.Increment(ref _made);
            Thread.Sleep(index % 3 == 0 ? 2 * Milliseconds : Milliseconds);
            if (index == Broken) throw new InvalidDataException($"item {index} is broken");
            return new() { ["image"] = zeros(1, 2, 2), ["label"] = tensor(1000 * epoch + index) };
        }
    }
}
